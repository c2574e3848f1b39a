"""What the clues service can be asked."""

from shared.contracts.clues.queries.cases import *
from shared.contracts.clues.queries.dialogue import *
from shared.contracts.clues.queries.openings import *
from shared.contracts.clues.queries.vocabulary import MOST as MOST
from shared.contracts.clues.queries.vocabulary import QUERIES as QUERIES
