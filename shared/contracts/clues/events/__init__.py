"""What happens in the clues service, in the past tense.

What is told and who told it is sealed from the first event on. The public form of a clue carries
its random number, kinds, district, stage and outcome, and times to the day: no body, no unit, no
way in, no amount, and nobody who acted.

Others are told of a case's stages and outcomes. What happens beside them, and what would link one
case with another or with where it came from, is unpublished.
"""

from shared.contracts.clues.events.collecting import *
from shared.contracts.clues.events.dialogue import *
from shared.contracts.clues.events.evidence import *
from shared.contracts.clues.events.feedback import *
from shared.contracts.clues.events.filing import *
from shared.contracts.clues.events.handling import *
from shared.contracts.clues.events.improving import *
from shared.contracts.clues.events.limits import *
from shared.contracts.clues.events.openings import *
from shared.contracts.clues.events.opinion_recusal import *
from shared.contracts.clues.events.outcomes import *
from shared.contracts.clues.events.pausing import *
from shared.contracts.clues.events.referrals import *
from shared.contracts.clues.events.refunds import *
from shared.contracts.clues.events.reopening import *
from shared.contracts.clues.events.themes import *
from shared.contracts.clues.events.verification import *
from shared.contracts.clues.events.vocabulary import EVENTS as EVENTS
from shared.contracts.erasure.events import *
from shared.contracts.erasure.events import ERASURE_EVENTS
from shared.contracts.keeping.events import *
from shared.contracts.keeping.events import KEEPING_EVENTS

EVENTS.include(ERASURE_EVENTS)
EVENTS.include(KEEPING_EVENTS)
