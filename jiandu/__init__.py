"""The operator's and auditor's command line: `jiandu --help`."""
