"""Propose, keep and replay the map: source column → canonical field. Pure: callers read and write the decision files."""

from .check import Limits, conflicts
from .codes import is_coded, takes_words, value_proposals
from .edit import (
    Progress,
    confirm,
    decide_as,
    draft,
    draft_table,
    leave_out,
    leave_out_table,
    map_digest,
    progress,
    reopen,
    set_comment,
    set_equivalence,
    set_key_prefix,
    set_new_field,
    set_table,
    set_target,
    set_transform,
    set_value,
    unconfirmed,
)
from .evidence import choices_of, field_of
from .incremental import absent_columns, decided_part, extend, present_columns, with_known_ids
from .knowledge import Knowledge, read_knowledge
from .language import ChatModel, ColumnQuestion, LanguageModel
from .memory import Memory, dump_memory, parse_memory, remember
from .proposals import CERTAIN, Candidate, ColumnProposal, Proposals, TableProposal, ValueProposal
from .propose import Proposer, propose
from .replay import POLICIES, Question, known_tables, merge, replay
from .shapes import Profile, in_words

__all__ = [
    "CERTAIN",
    "POLICIES",
    "Candidate",
    "ChatModel",
    "ColumnProposal",
    "ColumnQuestion",
    "Knowledge",
    "LanguageModel",
    "Limits",
    "Memory",
    "Profile",
    "Progress",
    "Proposals",
    "Proposer",
    "Question",
    "TableProposal",
    "ValueProposal",
    "absent_columns",
    "choices_of",
    "confirm",
    "conflicts",
    "decide_as",
    "decided_part",
    "draft",
    "draft_table",
    "dump_memory",
    "extend",
    "field_of",
    "in_words",
    "is_coded",
    "known_tables",
    "leave_out",
    "leave_out_table",
    "map_digest",
    "merge",
    "parse_memory",
    "present_columns",
    "progress",
    "propose",
    "read_knowledge",
    "remember",
    "reopen",
    "replay",
    "set_comment",
    "set_equivalence",
    "set_key_prefix",
    "set_new_field",
    "set_table",
    "set_target",
    "set_transform",
    "set_value",
    "takes_words",
    "unconfirmed",
    "value_proposals",
    "with_known_ids",
]
