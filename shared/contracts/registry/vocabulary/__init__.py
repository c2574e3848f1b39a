"""Closed vocabularies of the registry; the words are the glossary's."""

from shared.contracts.registry.vocabulary.applications import *
from shared.contracts.registry.vocabulary.documents import *
from shared.contracts.registry.vocabulary.entry import *
from shared.contracts.registry.vocabulary.limits import *
from shared.contracts.registry.vocabulary.notices import *
from shared.contracts.registry.vocabulary.organisation import *
from shared.contracts.registry.vocabulary.plan import *
from shared.contracts.registry.vocabulary.points import *
from shared.contracts.registry.vocabulary.review import *
from shared.contracts.registry.vocabulary.settings import *
from shared.contracts.registry.vocabulary.tasks import *
from shared.contracts.registry.vocabulary.units import *
