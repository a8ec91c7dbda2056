"""The tables and views of the database, with a comment where a name does not say it all."""

TABLES = """\
CREATE TABLE agencies (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,               -- order in which agencies are printed, from 1
  code TEXT,                               -- abbreviation in document numbers
  name_vi TEXT,
  name_en TEXT,
  short_vi TEXT,
  short_en TEXT
);
CREATE TABLE programme (
  id TEXT PRIMARY KEY,
  title_vi TEXT,
  title_en TEXT,
  aim_vi TEXT,
  aim_en TEXT,
  legal_basis_vi TEXT,
  legal_basis_en TEXT,
  adopted TEXT,
  first_year INTEGER NOT NULL,
  last_year INTEGER NOT NULL,              -- inclusive
  coordinator TEXT NOT NULL REFERENCES agencies (id),
  due_soon_days INTEGER NOT NULL,          -- days before its deadline on which an occurrence becomes due soon
  as_of TEXT NOT NULL,                     -- the states are those at the end of this day
  known_by TEXT                            -- records after this day are left out; NULL: none is left out
);
CREATE TABLE workstreams (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,               -- order of the roadmap, from 1
  number TEXT,                    -- its heading in the legal basis
  title_vi TEXT,
  title_en TEXT
);
CREATE TABLE clauses (
  clause TEXT PRIMARY KEY,                 -- such as III.2.4
  position INTEGER NOT NULL,               -- order of the legal basis, from 1
  heading TEXT NOT NULL,                   -- number of its heading
  heading_vi TEXT,
  heading_en TEXT
);
CREATE TABLE objectives (
  workstream_id TEXT NOT NULL REFERENCES workstreams (id),
  clause TEXT NOT NULL REFERENCES clauses (clause),
  title_vi TEXT,
  title_en TEXT,
  PRIMARY KEY (workstream_id, clause)
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
  title_vi TEXT,
  title_en TEXT,
  timing_words TEXT,                       -- the words of the legal basis that fix the time
  schedule TEXT,                           -- the size of the periods of what recurs
  tentative INTEGER NOT NULL,              -- 1: the date is planned, not fixed
  derived_vi TEXT,                         -- reason for the dates where the legal basis names none
  derived_en TEXT,
  target_least INTEGER,                    -- reached when the count is this high
  target_most INTEGER,
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
  role TEXT NOT NULL,                      -- lead, support
  position INTEGER NOT NULL,               -- order of the roadmap, leads first, from 1
  inferred INTEGER NOT NULL,               -- 1: no clause says so
  clause TEXT REFERENCES clauses (clause), -- the clause that says so
  basis_vi TEXT,                  -- the clause, or the reason where it was inferred
  basis_en TEXT,
  PRIMARY KEY (milestone_id, agency_id, role)
);
CREATE TABLE occurrences (
  key TEXT PRIMARY KEY,                    -- the milestone's id, with @period where it recurs
  milestone_id TEXT NOT NULL REFERENCES milestones (id),
  position INTEGER NOT NULL,               -- order of the roadmap, from 1
  period TEXT,                             -- the period of what recurs
  start TEXT,                              -- first day of the planned period
  due TEXT,                                -- last day of the planned period; NULL: no deadline
  progress TEXT NOT NULL,                  -- not-started, in-progress, done, suspended, dropped
  timing TEXT,               -- not-yet-open, within-deadline, due-soon, overdue, no-deadline, unfinished-at-end, on-time, late
  official TEXT NOT NULL,                  -- class of official reports; every occurrence is in exactly one
  days_overdue INTEGER,                    -- days since the due date; NULL: not overdue
  silent_days INTEGER,                     -- days since the last entry, else since it opened; NULL: not open
  done_on TEXT,                            -- day or period as recorded, such as 2012-Q3
  done_day TEXT,                           -- the day from which it counts as done
  days_late INTEGER,                       -- days from the due date to the day on which it was done late
  counted INTEGER,                         -- count so far; NULL: no target
  percent INTEGER,                         -- 0 to 100; NULL: nobody judged it
  as_of TEXT NOT NULL
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
"""
"""The tables. Their comments are part of the file: `.schema` shows them."""

VIEWS = """\
CREATE INDEX entries_by_occurrence ON entries (occurrence_key, number);
CREATE VIEW overdue AS                     -- what is overdue, the longest first
SELECT o.key, m.title_vi, m.title_en, w.number AS workstream, o.due, o.days_overdue,
  group_concat(a.agency_id, '; ') AS leads, max(a.inferred) AS inferred,
  (SELECT e.counts_from FROM entries e WHERE e.occurrence_key = o.key ORDER BY e.number DESC LIMIT 1) AS last_entry,
  (SELECT e.note FROM entries e WHERE e.occurrence_key = o.key ORDER BY e.number DESC LIMIT 1) AS last_note
FROM occurrences o
JOIN milestones m ON m.id = o.milestone_id
JOIN workstreams w ON w.id = m.workstream_id
LEFT JOIN assignments a ON a.milestone_id = m.id AND a.role = 'lead'
WHERE o.official = 'overdue'
GROUP BY o.key
ORDER BY o.due, o.position;
CREATE VIEW by_agency AS                   -- counts of what each agency leads, in the order of the agencies
SELECT a.id, a.name_vi, a.name_en, count(o.key) AS occurrences,
  count(o.key) FILTER (WHERE o.official = 'done-on-time') AS done_on_time,
  count(o.key) FILTER (WHERE o.official = 'done-late') AS done_late,
  count(o.key) FILTER (WHERE o.official = 'within-deadline') AS within_deadline,
  count(o.key) FILTER (WHERE o.official = 'overdue') AS overdue,
  count(o.key) FILTER (WHERE o.official = 'no-deadline') AS no_deadline,
  count(o.key) FILTER (WHERE o.official = 'suspended') AS suspended,
  count(o.key) FILTER (WHERE o.official = 'dropped') AS dropped
FROM agencies a
LEFT JOIN assignments s ON s.agency_id = a.id AND s.role = 'lead'
LEFT JOIN occurrences o ON o.milestone_id = s.milestone_id
GROUP BY a.id
ORDER BY a.position;
"""
