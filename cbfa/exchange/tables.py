"""The tables and views of the database, with a comment where a name does not say it all."""

TABLES = """\
CREATE TABLE agencies (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,               -- order in which agencies are printed, from 1
  code TEXT,                               -- abbreviation in document numbers
  name TEXT NOT NULL,                      -- in the programme's own language, as are all columns without a language
  name_vi TEXT,
  name_en TEXT,
  short_vi TEXT,
  short_en TEXT,
  ended INTEGER NOT NULL,                  -- 1: it was merged or closed before the as-of date
  successors TEXT                          -- ids, separated by "; "
);
CREATE TABLE group_members (
  group_id TEXT NOT NULL REFERENCES agencies (id),
  agency_id TEXT NOT NULL REFERENCES agencies (id),
  position INTEGER NOT NULL,               -- order in the group, from 1
  direct INTEGER NOT NULL,                 -- 1: the group names it; 0: a group among its members does
  flattened INTEGER NOT NULL,              -- 1: an agency that counts as a member; 0: a group, which counts with its own
  PRIMARY KEY (group_id, agency_id)
);
CREATE TABLE programme (
  id TEXT PRIMARY KEY,
  languages TEXT NOT NULL,                 -- such as vi, en; the first is its own
  title TEXT NOT NULL,
  title_vi TEXT,
  title_en TEXT,
  legal_basis_vi TEXT,
  legal_basis_en TEXT,
  adopted TEXT,                            -- NULL: not adopted yet
  is_draft INTEGER NOT NULL,               -- 1: not adopted yet
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  timezone TEXT NOT NULL,                  -- IANA name; decides what day it is
  fiscal_year_from INTEGER,                -- month in which its fiscal year begins
  official_classes INTEGER NOT NULL,       -- 0: the classes of official reports are left out
  coordinator TEXT NOT NULL REFERENCES agencies (id),
  due_soon_days INTEGER NOT NULL,          -- days before its deadline on which an occurrence becomes due soon
  as_of TEXT NOT NULL,                     -- the states are those at the end of this day
  known_by TEXT                            -- records after this day are left out; NULL: none is left out
);
CREATE TABLE clauses (
  clause TEXT PRIMARY KEY,                 -- such as III.2.4, as the legal basis numbers it
  position INTEGER NOT NULL,               -- order of the legal basis, from 1
  heading TEXT NOT NULL REFERENCES clauses (clause), -- its heading; of a heading itself
  has_clauses INTEGER NOT NULL,            -- 1: a heading with clauses under it, which only aims and objectives cite
  heading_vi TEXT,
  heading_en TEXT
);
CREATE TABLE aims (
  position INTEGER PRIMARY KEY,            -- order of the roadmap, from 1
  clause TEXT NOT NULL REFERENCES clauses (clause),
  aim_vi TEXT,
  aim_en TEXT
);
CREATE TABLE workstreams (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,               -- order of the roadmap, from 1
  number TEXT REFERENCES clauses (clause), -- its heading in the legal basis, if it has one
  title TEXT NOT NULL,
  title_vi TEXT,
  title_en TEXT
);
CREATE TABLE objectives (
  workstream_id TEXT NOT NULL REFERENCES workstreams (id),
  position INTEGER NOT NULL,               -- order in the workstream, from 1
  clause TEXT NOT NULL REFERENCES clauses (clause),
  title_vi TEXT,
  title_en TEXT,
  PRIMARY KEY (workstream_id, position)
);
CREATE TABLE duties (
  agency_id TEXT NOT NULL REFERENCES agencies (id),
  position INTEGER NOT NULL,
  clause TEXT NOT NULL REFERENCES clauses (clause),
  duty_vi TEXT,
  duty_en TEXT,
  PRIMARY KEY (agency_id, position)
);
CREATE TABLE milestones (
  id TEXT PRIMARY KEY,
  workstream_id TEXT NOT NULL REFERENCES workstreams (id),
  position INTEGER NOT NULL,               -- order of the roadmap, from 1
  title TEXT NOT NULL,
  title_vi TEXT,
  title_en TEXT,
  text_vi TEXT,                            -- official wording
  text_en TEXT,
  result_vi TEXT,                          -- product that proves it
  result_en TEXT,
  timing_words TEXT,                       -- the words of the legal basis that fix the time
  schedule TEXT,                           -- as written, such as every: half, due: 15/6, 1/12; NULL: no time is fixed
  every TEXT,                              -- year, half, quarter, month, fiscal-year: the size of the periods of what recurs
  tentative INTEGER NOT NULL,              -- 1: the date is planned, not fixed
  derived_vi TEXT,                         -- reason for the dates where the legal basis names none
  derived_en TEXT,
  each INTEGER NOT NULL,                   -- 1: each lead owes its own, and so does each member of a group
  target_count INTEGER,                    -- counted: reached when the counts add up to it
  target_bound TEXT,                       -- a level: at_least, at_most, above, below
  target_figure TEXT,                      -- figure of the bound, exact
  target_baseline TEXT,                    -- value of the level at the start, exact
  target_most TEXT,                        -- upper figure of a range, exact
  target_measure TEXT,                     -- milestones with the same measure share counts and values
  target_unit_vi TEXT,
  target_unit_en TEXT
);
CREATE TABLE milestone_clauses (
  milestone_id TEXT NOT NULL REFERENCES milestones (id),
  clause TEXT NOT NULL REFERENCES clauses (clause),
  PRIMARY KEY (milestone_id, clause)
);
CREATE TABLE milestone_objectives (
  milestone_id TEXT NOT NULL REFERENCES milestones (id),
  clause TEXT NOT NULL REFERENCES clauses (clause), -- clause of an objective
  PRIMARY KEY (milestone_id, clause)
);
CREATE TABLE assignments (
  milestone_id TEXT NOT NULL REFERENCES milestones (id),
  agency_id TEXT NOT NULL REFERENCES agencies (id),
  role TEXT NOT NULL,                      -- lead, support; several leads are equal
  position INTEGER NOT NULL,               -- order of the roadmap, leads first, from 1
  inferred INTEGER NOT NULL,               -- 1: no clause says so
  clause TEXT REFERENCES clauses (clause), -- the clause that says so
  basis_vi TEXT,                  -- the clause, or the reason where it was inferred
  basis_en TEXT,
  PRIMARY KEY (milestone_id, agency_id, role)
);
CREATE TABLE amendments (                  -- the acts in force, in the order in which they took effect
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,               -- order in which they took effect, from 1
  act TEXT NOT NULL,                       -- as one cites it
  act_vi TEXT,
  act_en TEXT,
  signed TEXT NOT NULL,                    -- last day of the given period
  effective TEXT NOT NULL,                 -- the day from which it is in force
  entered TEXT,                            -- the day on which it was typed in, if that was later
  revoked INTEGER NOT NULL                 -- 1: a later act took it back
);
CREATE TABLE changes (
  amendment_id TEXT NOT NULL REFERENCES amendments (id),
  position INTEGER NOT NULL,               -- order in the act, from 1; a change of several fields has several rows
  kind TEXT NOT NULL,                      -- change, repeal, add, found, merge, close, group, programme, revoke
  key TEXT,                                -- milestone, occurrence, agency or act; several agencies: separated by "; "
  field TEXT NOT NULL,                     -- the changed field, such as schedule, due, lead; into of a merger; else empty
  was TEXT,                                -- as files have it
  now TEXT,
  clause TEXT,                             -- clause of the act, as written
  why_vi TEXT,
  why_en TEXT,
  PRIMARY KEY (amendment_id, position, field)
);
CREATE TABLE units (                       -- what totals count: where each owes its own, one row for all
  key TEXT PRIMARY KEY,                    -- the milestone's id, with @period where it recurs
  milestone_id TEXT NOT NULL REFERENCES milestones (id),
  position INTEGER NOT NULL,               -- order of the roadmap, from 1
  period TEXT,                             -- the period of what recurs
  due TEXT,                                -- last day of the planned period; NULL: no deadline
  progress TEXT NOT NULL,                  -- done when all are that were not dropped
  timing TEXT,                             -- overdue when any is
  official TEXT,
  members INTEGER,                         -- occurrences that it consists of; NULL: it is one itself
  members_done INTEGER
);
CREATE TABLE occurrences (
  key TEXT PRIMARY KEY,                    -- the milestone's id, with @period where it recurs, /member where each owes its own
  unit_key TEXT REFERENCES units (key),    -- NULL: no longer planned
  milestone_id TEXT NOT NULL REFERENCES milestones (id),
  position INTEGER NOT NULL,               -- order of the roadmap, from 1
  period TEXT,                             -- the period of what recurs
  member TEXT REFERENCES agencies (id),    -- the agency that owes this one, where each owes its own
  group_id TEXT REFERENCES agencies (id),  -- the group through which the member owes it
  start TEXT,                              -- first day of the planned period
  due TEXT,                                -- last day of the planned period; NULL: no deadline
  progress TEXT NOT NULL,                  -- not-started, in-progress, done, suspended, dropped
  timing TEXT,               -- not-yet-open, within-deadline, due-soon, overdue, no-deadline, unfinished-at-end, on-time, late
  official TEXT,                           -- class of official reports, exactly one; NULL: the programme leaves them out
  days_overdue INTEGER,                    -- days since the due date; NULL: not overdue
  silent_days INTEGER,                     -- days since the last entry, else since it opened; NULL: not open
  done_on TEXT,                            -- day or period as recorded, such as 2012-Q3
  done_day TEXT,                           -- the day from which it counts as done
  days_late INTEGER,                       -- days from the due date to the day on which it was done late
  counted INTEGER,                         -- count so far; NULL: nothing is counted
  value TEXT,                              -- last value of a level, exact
  percent INTEGER,                         -- 0 to 100; NULL: nobody judged it
  original_due TEXT,                       -- deadline as adopted, or as it was added
  slip_days INTEGER,                       -- days from the original deadline to that in force; NULL: either is missing
  moves INTEGER NOT NULL,                  -- acts that gave it another deadline, or removed it
  late_when_moved INTEGER NOT NULL,        -- 1: it was overdue when it was moved
  repealed_by TEXT REFERENCES amendments (id), -- NOT NULL: no longer planned, and counted nowhere else
  late_when_repealed INTEGER NOT NULL,     -- 1: it was overdue when it was repealed
  as_of TEXT NOT NULL
);
CREATE TABLE occurrence_leads (
  occurrence_key TEXT NOT NULL REFERENCES occurrences (key),
  agency_id TEXT NOT NULL REFERENCES agencies (id),
  position INTEGER NOT NULL,               -- order of the roadmap, from 1; all leads are equal
  inferred INTEGER NOT NULL,               -- 1: no clause says so
  PRIMARY KEY (occurrence_key, agency_id)
);
CREATE TABLE by_agency (                   -- counts of what each agency leads; what has several leads counts for each
  id TEXT PRIMARY KEY REFERENCES agencies (id),
  position INTEGER NOT NULL,
  occurrences INTEGER NOT NULL,            -- where each owes its own, a group counts a period once
  done_on_time INTEGER NOT NULL,
  done_late INTEGER NOT NULL,
  within_deadline INTEGER NOT NULL,
  overdue INTEGER NOT NULL,
  no_deadline INTEGER NOT NULL,
  suspended INTEGER NOT NULL,
  dropped INTEGER NOT NULL
);
CREATE TABLE entries (
  number INTEGER PRIMARY KEY,              -- order in which things happened, from 1
  id TEXT NOT NULL,                        -- id in the journal
  key TEXT NOT NULL,                       -- occurrence as recorded
  occurrence_key TEXT REFERENCES occurrences (key), -- NULL: the roadmap lacks it
  on_period TEXT NOT NULL,                 -- day or period as recorded
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  counts_from TEXT NOT NULL,               -- the day from which the entry counts
  event TEXT NOT NULL,                     -- progress, done, suspended, dropped, reopened
  count INTEGER,                           -- number added towards the target
  value TEXT,                              -- value of a level on that day, exact
  percent INTEGER,
  note TEXT,
  reported_by TEXT,                        -- agency as recorded
  agency_id TEXT REFERENCES agencies (id), -- NULL: none was named, or an unknown one
  recorded TEXT NOT NULL                   -- time of recording, with its offset from UTC
);
CREATE TABLE evidence (
  entry_number INTEGER NOT NULL REFERENCES entries (number),
  position INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (entry_number, position)
);
CREATE TABLE retractions (
  number INTEGER PRIMARY KEY,              -- order of recording, from 1
  id TEXT NOT NULL,                        -- id in the journal
  retracts TEXT NOT NULL,                  -- id of the entry that it takes back; such an entry does not count
  key TEXT,                                -- occurrence of that entry; NULL: the journal lacks the entry
  on_period TEXT,                          -- day or period of that entry
  event TEXT,                              -- event of that entry
  note TEXT,                               -- reason for taking it back
  reported_by TEXT,                        -- agency as recorded
  agency_id TEXT REFERENCES agencies (id), -- NULL: none was named, or an unknown one
  recorded TEXT NOT NULL
);
CREATE TABLE formerly (
  about TEXT NOT NULL,                     -- agency, milestone
  id TEXT NOT NULL,
  former TEXT NOT NULL,                    -- older spelling of the id; journals may have it
  PRIMARY KEY (about, id, former)
);
CREATE TABLE texts (                       -- every text of the programme in each of its languages
  about TEXT NOT NULL,                     -- programme, aim, clause, workstream, objective, milestone, assignment, agency, duty
  id TEXT NOT NULL,                        -- of the row; of an objective the workstream's, of a duty the agency's
  position INTEGER NOT NULL,               -- position of an aim, objective, duty, assignment or recipient; else 0
  field TEXT NOT NULL,                     -- such as title, text, result, name
  language TEXT NOT NULL,                  -- BCP 47, such as vi or fr
  text TEXT NOT NULL,
  PRIMARY KEY (about, id, position, field, language)
);
"""
"""The tables. Their comments are part of the file: `.schema` shows them."""

VIEWS = """\
CREATE INDEX entries_by_occurrence ON entries (occurrence_key, number);
CREATE VIEW overdue AS                     -- what is overdue, the longest first
SELECT o.key, m.title, m.title_vi, m.title_en, w.number AS workstream, o.due, o.days_overdue,
  (SELECT group_concat(agency_id, '; ') FROM (
    SELECT agency_id FROM occurrence_leads WHERE occurrence_key = o.key ORDER BY position)) AS leads,
  (SELECT min(inferred) FROM occurrence_leads WHERE occurrence_key = o.key) AS inferred,
  (SELECT e.counts_from FROM entries e WHERE e.occurrence_key = o.key ORDER BY e.number DESC LIMIT 1) AS last_entry,
  (SELECT e.note FROM entries e WHERE e.occurrence_key = o.key ORDER BY e.number DESC LIMIT 1) AS last_note
FROM occurrences o
JOIN milestones m ON m.id = o.milestone_id
JOIN workstreams w ON w.id = m.workstream_id
WHERE o.timing = 'overdue'
ORDER BY o.due, o.position;
"""
