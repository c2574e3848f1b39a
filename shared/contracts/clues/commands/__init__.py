"""What the clues service can be asked to do, in the imperative."""

from shared.contracts.clues.commands.collecting import *
from shared.contracts.clues.commands.dialogue import *
from shared.contracts.clues.commands.evidence import *
from shared.contracts.clues.commands.feedback import *
from shared.contracts.clues.commands.filing import *
from shared.contracts.clues.commands.handling import *
from shared.contracts.clues.commands.improving import *
from shared.contracts.clues.commands.keeping import *
from shared.contracts.clues.commands.openings import *
from shared.contracts.clues.commands.opinion_recusal import *
from shared.contracts.clues.commands.outcomes import *
from shared.contracts.clues.commands.pausing import *
from shared.contracts.clues.commands.referrals import *
from shared.contracts.clues.commands.refunds import *
from shared.contracts.clues.commands.reopening import *
from shared.contracts.clues.commands.verification import *
from shared.contracts.clues.commands.vocabulary import COMMANDS as COMMANDS
from shared.contracts.erasure.commands import *
from shared.contracts.erasure.commands import ERASURE_COMMANDS
from shared.contracts.keeping.commands import *
from shared.contracts.keeping.commands import KEEPING_COMMANDS

COMMANDS.include(ERASURE_COMMANDS)
COMMANDS.include(KEEPING_COMMANDS)
