"""What the assessment service decides: pure, without a clock, a log or a broker."""
