"""What the registry can be asked to do, in the imperative.

Ids are chosen by the sender, so that a command repeated after a lost answer names the same
thing. Sealed fields cross the broker sealed to the registry.
"""

from shared.contracts.erasure.commands import *
from shared.contracts.erasure.commands import ERASURE_COMMANDS
from shared.contracts.registry.commands.applications import *
from shared.contracts.registry.commands.batches import *
from shared.contracts.registry.commands.certificates import *
from shared.contracts.registry.commands.corrections import *
from shared.contracts.registry.commands.deliberation import *
from shared.contracts.registry.commands.documents import *
from shared.contracts.registry.commands.entry import *
from shared.contracts.registry.commands.figures import *
from shared.contracts.registry.commands.limits import *
from shared.contracts.registry.commands.notices import *
from shared.contracts.registry.commands.organisation import *
from shared.contracts.registry.commands.plan import *
from shared.contracts.registry.commands.points import *
from shared.contracts.registry.commands.retirement import *
from shared.contracts.registry.commands.review import *
from shared.contracts.registry.commands.settings import *
from shared.contracts.registry.commands.terms import *
from shared.contracts.registry.commands.vocabulary import COMMANDS as COMMANDS

COMMANDS.include(ERASURE_COMMANDS)
