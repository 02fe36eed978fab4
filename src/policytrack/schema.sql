-- The tables are the contract: saved queries and scripts rely on these names (docs/reference.md).
CREATE TABLE organisations (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT, nation TEXT,
  from_date TEXT, to_date TEXT, successor TEXT, abbreviation TEXT, source TEXT
);
CREATE TABLE documents (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL REFERENCES organisations(id),
  kind TEXT NOT NULL, published TEXT NOT NULL, set_name TEXT NOT NULL, url TEXT, unverified INTEGER NOT NULL,
  sha256 TEXT, licence TEXT, open INTEGER NOT NULL, quoted_via TEXT, extent TEXT,
  pages INTEGER NOT NULL, words INTEGER NOT NULL, status TEXT NOT NULL, problem TEXT
);
CREATE TABLE document_links (
  document TEXT NOT NULL REFERENCES documents(id), relation TEXT NOT NULL, other TEXT NOT NULL,
  PRIMARY KEY (document, relation, other)
);
CREATE TABLE pages (
  document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL, locator TEXT,
  text TEXT NOT NULL, furniture TEXT NOT NULL, quality REAL NOT NULL, PRIMARY KEY (document, page)
);
CREATE TABLE passages (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL,
  section TEXT NOT NULL, number TEXT NOT NULL, text TEXT NOT NULL,
  kind TEXT NOT NULL, zone TEXT NOT NULL, lead_in TEXT NOT NULL, locator TEXT NOT NULL, level INTEGER NOT NULL, n INTEGER NOT NULL
);
CREATE TABLE tokens (
  document TEXT NOT NULL, page INTEGER NOT NULL, n INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  word TEXT NOT NULL, lemma TEXT NOT NULL, pos TEXT NOT NULL, zone TEXT NOT NULL,
  by_publisher INTEGER NOT NULL, -- 1 where it is a verb whose subject is the publisher or the government it speaks for
  PRIMARY KEY (document, page, n)
) WITHOUT ROWID;
CREATE TABLE recommendations (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), number TEXT NOT NULL, page INTEGER NOT NULL,
  section TEXT NOT NULL, text TEXT NOT NULL, ask INTEGER NOT NULL, addressee TEXT, category TEXT, concrete INTEGER, object TEXT, deadline TEXT,
  places INTEGER NOT NULL, quoted_via TEXT, part_of TEXT
);
CREATE TABLE recommendation_places (
  recommendation TEXT NOT NULL REFERENCES recommendations(id), document TEXT NOT NULL, page INTEGER NOT NULL, words TEXT NOT NULL
);
CREATE TABLE commitments (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL, section TEXT NOT NULL,
  passage TEXT, quote TEXT NOT NULL, act TEXT, lead_in TEXT, category TEXT NOT NULL, concrete INTEGER NOT NULL, object TEXT,
  actor TEXT, actor_body TEXT REFERENCES organisations(id), partner TEXT,
  deadline TEXT, deadline_kind TEXT, deadline_on TEXT, amount TEXT, check_by TEXT,
  answers TEXT REFERENCES recommendations(id), places INTEGER NOT NULL, score INTEGER NOT NULL,
  confidence REAL NOT NULL, band TEXT NOT NULL, extent TEXT, reviewed INTEGER NOT NULL
);
CREATE TABLE expectations (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL, section TEXT NOT NULL,
  passage TEXT, quote TEXT NOT NULL, act TEXT, lead_in TEXT, category TEXT NOT NULL, concrete INTEGER NOT NULL, object TEXT,
  actor TEXT, actor_body TEXT REFERENCES organisations(id), partner TEXT,
  deadline TEXT, deadline_kind TEXT, deadline_on TEXT, amount TEXT, check_by TEXT,
  answers TEXT REFERENCES recommendations(id), places INTEGER NOT NULL, score INTEGER NOT NULL,
  confidence REAL NOT NULL, band TEXT NOT NULL, extent TEXT, reviewed INTEGER NOT NULL, force TEXT NOT NULL
);
CREATE TABLE aspirations (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL, section TEXT NOT NULL,
  passage TEXT, quote TEXT NOT NULL, lead_in TEXT, confidence REAL NOT NULL
);
-- wherever the same commitment or expectation stands again in its document
CREATE TABLE statement_places (
  item TEXT NOT NULL, item_kind TEXT NOT NULL, document TEXT NOT NULL, page INTEGER NOT NULL, words TEXT NOT NULL
);
-- the exact words of every facet: part is quote or lead_in, start and end are offsets in that part
CREATE TABLE facets (
  item TEXT NOT NULL, item_kind TEXT NOT NULL, facet TEXT NOT NULL, part TEXT NOT NULL, cue TEXT NOT NULL,
  words TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, value TEXT
);
CREATE TABLE grade_points (
  commitment TEXT NOT NULL, facet TEXT NOT NULL, points INTEGER NOT NULL, cue TEXT NOT NULL, part TEXT NOT NULL,
  words TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE TABLE hedges (
  commitment TEXT NOT NULL, part TEXT NOT NULL, cue TEXT NOT NULL, words TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE TABLE similar (
  item TEXT NOT NULL, item_kind TEXT NOT NULL, other TEXT NOT NULL, score REAL NOT NULL, PRIMARY KEY (item, other)
);
CREATE TABLE responses (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL, responder TEXT NOT NULL REFERENCES organisations(id),
  text TEXT NOT NULL, heading TEXT NOT NULL, restated TEXT NOT NULL, quoted_via TEXT
);
CREATE TABLE links (
  recommendation TEXT NOT NULL REFERENCES recommendations(id), response TEXT NOT NULL REFERENCES responses(id),
  method TEXT NOT NULL, score REAL NOT NULL, PRIMARY KEY (recommendation, response)
);
CREATE TABLE unlinked (item TEXT NOT NULL, item_kind TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE stances (
  recommendation TEXT NOT NULL REFERENCES recommendations(id), responder TEXT NOT NULL REFERENCES organisations(id),
  response TEXT REFERENCES responses(id), stance TEXT, also TEXT, explicit INTEGER NOT NULL, words TEXT NOT NULL, passed_to TEXT, gap TEXT,
  confidence REAL NOT NULL, band TEXT NOT NULL, method TEXT NOT NULL, reviewed INTEGER NOT NULL,
  PRIMARY KEY (recommendation, responder)
);
-- how the recommendations of a report fared; parts count, the whole that they make up does not
CREATE TABLE stance_totals (
  document TEXT NOT NULL REFERENCES documents(id), responder TEXT NOT NULL REFERENCES organisations(id), stance TEXT NOT NULL,
  n INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL, PRIMARY KEY (document, responder, stance)
);
CREATE TABLE slots (
  recommendation TEXT NOT NULL REFERENCES recommendations(id), responder TEXT NOT NULL, slot TEXT NOT NULL,
  asked TEXT, offered TEXT, verdict TEXT NOT NULL
);
-- the slots of which the words do not show whether what is offered is what was asked
CREATE TABLE slots_not_compared (
  recommendation TEXT NOT NULL REFERENCES recommendations(id), responder TEXT NOT NULL, slot TEXT NOT NULL, asked TEXT, offered TEXT
);
CREATE TABLE phrase_counts (
  document TEXT NOT NULL REFERENCES documents(id), phrase TEXT NOT NULL, rule TEXT NOT NULL, hits INTEGER NOT NULL,
  PRIMARY KEY (document, phrase, rule)
);
CREATE TABLE phrase_hits (
  document TEXT NOT NULL, phrase TEXT NOT NULL, rule TEXT NOT NULL, page INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, words TEXT NOT NULL
);
-- each vague and each concrete verb, per 1,000 words, by document and section ('' is the whole document)
CREATE TABLE vocabulary (
  document TEXT NOT NULL REFERENCES documents(id), section TEXT NOT NULL, phrase TEXT NOT NULL, class TEXT NOT NULL,
  hits INTEGER NOT NULL, words INTEGER NOT NULL, per_1000 REAL NOT NULL
);
-- vague against concrete phrasing beside the graded commitments, by document and chapter; where the hits stand, and the difference in words
CREATE TABLE wording (
  document TEXT NOT NULL REFERENCES documents(id), section TEXT NOT NULL, class TEXT NOT NULL, hits INTEGER NOT NULL, words INTEGER NOT NULL,
  per_1000 REAL NOT NULL, share REAL, graded INTEGER NOT NULL, graded_share REAL, unworded INTEGER NOT NULL, agreeing INTEGER NOT NULL, other_class INTEGER NOT NULL,
  expectations INTEGER NOT NULL, recommendations INTEGER NOT NULL, aspirations INTEGER NOT NULL, headings INTEGER NOT NULL, elsewhere INTEGER NOT NULL,
  explained TEXT NOT NULL, PRIMARY KEY (document, section, class)
);
CREATE TABLE silences (
  document TEXT NOT NULL REFERENCES documents(id), what TEXT NOT NULL, kind TEXT NOT NULL, pattern TEXT NOT NULL,
  pages INTEGER NOT NULL, hits INTEGER NOT NULL
);
-- what a document names, and a chapter of it never does
CREATE TABLE chapter_silences (
  document TEXT NOT NULL REFERENCES documents(id), section TEXT NOT NULL, what TEXT NOT NULL, kind TEXT NOT NULL, pattern TEXT NOT NULL, passages INTEGER NOT NULL
);
CREATE TABLE claims (
  id TEXT PRIMARY KEY, document TEXT NOT NULL, about TEXT NOT NULL, page INTEGER, statement TEXT NOT NULL, kind TEXT NOT NULL,
  phrase TEXT, expected TEXT, measured TEXT, rule TEXT, verdict TEXT NOT NULL, note TEXT
);
CREATE TABLE claim_items (
  claim TEXT NOT NULL REFERENCES claims(id), n INTEGER NOT NULL, item TEXT NOT NULL, matched TEXT, score REAL, side TEXT NOT NULL
);
CREATE TABLE role_hits (
  item TEXT NOT NULL, item_kind TEXT NOT NULL, role TEXT NOT NULL, basis TEXT NOT NULL, words TEXT NOT NULL, reason TEXT NOT NULL, force TEXT NOT NULL,
  own_act INTEGER NOT NULL DEFAULT 0 -- 1 where a commitment is the act of this role, or of a local body, itself: no promise of a national one
);
CREATE TABLE theme_hits (item TEXT NOT NULL, item_kind TEXT NOT NULL, theme TEXT NOT NULL, words TEXT NOT NULL);
CREATE TABLE funding (
  item TEXT NOT NULL, item_kind TEXT NOT NULL, stated INTEGER NOT NULL, amount TEXT, called_new INTEGER, words TEXT
);
-- every large sum of money in the texts, whatever it is said of; where the same sum stands in a later document
CREATE TABLE sums (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL, passage TEXT NOT NULL, quote TEXT NOT NULL, lead_in TEXT NOT NULL,
  words TEXT NOT NULL, currency TEXT NOT NULL, value REAL NOT NULL, called_new INTEGER, item TEXT, item_kind TEXT
);
CREATE TABLE sums_again (sum TEXT NOT NULL REFERENCES sums(id), other TEXT NOT NULL REFERENCES sums(id), likeness REAL NOT NULL, PRIMARY KEY (sum, other));
CREATE TABLE measures (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL, words TEXT NOT NULL, measure TEXT NOT NULL,
  type TEXT NOT NULL, scheme TEXT NOT NULL
);
CREATE TABLE duties (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL, quote TEXT NOT NULL, actor TEXT, actor_body TEXT
);
CREATE TABLE roles (id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE themes (id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE headline (
  document TEXT NOT NULL REFERENCES documents(id), section TEXT NOT NULL, measure TEXT NOT NULL,
  n INTEGER NOT NULL, value REAL, low REAL, high REAL
);
CREATE TABLE accuracy (
  task TEXT NOT NULL, label TEXT NOT NULL, split TEXT NOT NULL, n INTEGER NOT NULL,
  precision REAL, recall REAL, f1 REAL, low REAL, high REAL
);
CREATE TABLE reviews (
  item TEXT NOT NULL, item_kind TEXT NOT NULL, field TEXT NOT NULL, machine TEXT, value TEXT, coder TEXT NOT NULL,
  date TEXT NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL
);
-- offered by the search beside what was typed, never added unasked: method is company or meaning
CREATE TABLE related_words (
  word TEXT NOT NULL, other TEXT NOT NULL, method TEXT NOT NULL, score REAL NOT NULL, together INTEGER NOT NULL, PRIMARY KEY (word, other, method)
);
-- drawn at build time, shown by the site; every chart stands beside its table
CREATE TABLE charts (name TEXT PRIMARY KEY, svg TEXT NOT NULL);
CREATE TABLE runs (key TEXT PRIMARY KEY, value TEXT NOT NULL);
