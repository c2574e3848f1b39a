"""What happens in the registry, in the past tense.

A unit's identity is sealed under its application until the public notice names it.
"""

from shared.contracts.erasure.events import *
from shared.contracts.erasure.events import ERASURE_EVENTS
from shared.contracts.registry.events.applications import *
from shared.contracts.registry.events.batches import *
from shared.contracts.registry.events.certificates import *
from shared.contracts.registry.events.corrections import *
from shared.contracts.registry.events.deliberation import *
from shared.contracts.registry.events.documents import *
from shared.contracts.registry.events.entry import *
from shared.contracts.registry.events.figures import *
from shared.contracts.registry.events.limits import *
from shared.contracts.registry.events.notices import *
from shared.contracts.registry.events.organisation import *
from shared.contracts.registry.events.plan import *
from shared.contracts.registry.events.points import *
from shared.contracts.registry.events.retirement import *
from shared.contracts.registry.events.review import *
from shared.contracts.registry.events.settings import *
from shared.contracts.registry.events.terms import *
from shared.contracts.registry.events.vocabulary import EVENTS as EVENTS

EVENTS.include(ERASURE_EVENTS)
