"""What happens in the assessment service, in the past tense."""

from shared.contracts.assessment.events.duties import *
from shared.contracts.assessment.events.vocabulary import EVENTS as EVENTS
from shared.contracts.keeping.events import *
from shared.contracts.keeping.events import KEEPING_EVENTS

EVENTS.include(KEEPING_EVENTS)
