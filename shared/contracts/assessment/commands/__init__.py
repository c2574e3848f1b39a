"""What the assessment service can be asked to do, in the imperative."""

from shared.contracts.assessment.commands.duties import *
from shared.contracts.assessment.commands.vocabulary import COMMANDS as COMMANDS
from shared.contracts.keeping.commands import *
from shared.contracts.keeping.commands import KEEPING_COMMANDS

COMMANDS.include(KEEPING_COMMANDS)
