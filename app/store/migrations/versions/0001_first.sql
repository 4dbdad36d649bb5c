CREATE TABLE quota_token (
  id TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  not_after DATE NOT NULL,
  issued_at VARCHAR(24) NOT NULL,
  signed TEXT NOT NULL,
  CONSTRAINT pk_quota_token PRIMARY KEY (id),
  CONSTRAINT ck_quota_token_not_negative CHECK (amount_fen >= 0)
)

CREATE TABLE policy_pack (
  id TEXT NOT NULL,
  pack_id TEXT NOT NULL,
  pack_version TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bundle TEXT NOT NULL,
  published_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_policy_pack PRIMARY KEY (id)
)

CREATE INDEX ix_policy_pack_pack_id ON policy_pack (pack_id)

CREATE TABLE kept_pack (
  sha256 TEXT NOT NULL,
  pack_id TEXT NOT NULL,
  pack_version TEXT NOT NULL,
  bundle TEXT NOT NULL,
  kept_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_kept_pack PRIMARY KEY (sha256)
)

CREATE TABLE reassessment (
  id TEXT NOT NULL,
  pack_sha256 TEXT NOT NULL,
  pack_title TEXT NOT NULL,
  pack_version TEXT NOT NULL,
  since DATE NOT NULL,
  assessed_on DATE NOT NULL,
  households INTEGER NOT NULL,
  started_at VARCHAR(24) NOT NULL,
  finished_at VARCHAR(24),
  CONSTRAINT pk_reassessment PRIMARY KEY (id)
)

CREATE INDEX ix_reassessment_pack_sha256 ON reassessment (pack_sha256)

CREATE TABLE reassessed (
  household_id TEXT NOT NULL,
  reassessment_id TEXT NOT NULL,
  change TEXT NOT NULL,
  before_category TEXT,
  before_month_fen INTEGER,
  after_category TEXT,
  after_month_fen INTEGER,
  ask JSON NOT NULL,
  reassessed_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_reassessed PRIMARY KEY (household_id)
)

CREATE INDEX ix_reassessed_change ON reassessed (change)

CREATE INDEX ix_reassessed_reassessment_id ON reassessed (reassessment_id)

CREATE TABLE operation (
  n INTEGER NOT NULL,
  op_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  base_version INTEGER NOT NULL,
  actor TEXT NOT NULL,
  business_date DATE NOT NULL,
  wall VARCHAR(24) NOT NULL,
  tz INTEGER NOT NULL,
  boot TEXT NOT NULL,
  mono INTEGER NOT NULL,
  last_server_time VARCHAR(24),
  app_version TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  ciphertext BLOB NOT NULL,
  hash BLOB NOT NULL,
  CONSTRAINT pk_operation PRIMARY KEY (n),
  CONSTRAINT ck_operation_n_from_one CHECK (n > 0),
  CONSTRAINT uq_operation_op_id UNIQUE (op_id)
)

CREATE INDEX ix_operation_entity_id ON operation (entity_id)

CREATE INDEX ix_operation_subject ON operation (subject)

CREATE TRIGGER tr_operation_no_update BEFORE UPDATE ON operation BEGIN SELECT RAISE(ABORT, 'the operation log is append-only'); END

CREATE TRIGGER tr_operation_no_delete BEFORE DELETE ON operation BEGIN SELECT RAISE(ABORT, 'the operation log is append-only'); END

CREATE TABLE operation_state (
  n INTEGER NOT NULL,
  state TEXT NOT NULL,
  verdict JSON,
  receipt_sha256 TEXT,
  changed_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_operation_state PRIMARY KEY (n)
)

CREATE INDEX ix_operation_state_state ON operation_state (state)

CREATE TABLE subject_key (
  subject TEXT NOT NULL,
  "key" BLOB,
  destroyed_at VARCHAR(24),
  CONSTRAINT pk_subject_key PRIMARY KEY (subject)
)

CREATE TABLE device (
  id INTEGER NOT NULL,
  vault_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  header_generation INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  is_practice BOOLEAN NOT NULL,
  officer_id TEXT NOT NULL,
  officer_name TEXT NOT NULL,
  village_code TEXT,
  village_name TEXT NOT NULL,
  county_id TEXT,
  county_root BLOB,
  county_seal_key BLOB,
  county_url TEXT,
  county_ca_pem TEXT,
  certificate TEXT,
  sign_private BLOB NOT NULL,
  sign_public BLOB NOT NULL,
  seal_private BLOB NOT NULL,
  seal_public BLOB NOT NULL,
  device_no TEXT,
  next_serial INTEGER NOT NULL,
  enrolled_at VARCHAR(24),
  last_server_time VARCHAR(24),
  clock_offset_ms INTEGER,
  created_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_device PRIMARY KEY (id),
  CONSTRAINT ck_device_single CHECK (id = 1)
)

CREATE TABLE outbox_batch (
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  first_n INTEGER NOT NULL,
  last_n INTEGER NOT NULL,
  state TEXT NOT NULL,
  sha256 TEXT,
  prev_sha256 TEXT,
  created_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_outbox_batch PRIMARY KEY (epoch, seq),
  CONSTRAINT uq_outbox_batch_range UNIQUE (epoch, first_n),
  CONSTRAINT ck_outbox_batch_range CHECK (last_n >= first_n)
)

CREATE INDEX ix_outbox_batch_state ON outbox_batch (state)

CREATE TABLE receipt (
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  batch_sha256 TEXT NOT NULL,
  server_time VARCHAR(24) NOT NULL,
  body BLOB NOT NULL,
  received_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_receipt PRIMARY KEY (epoch, seq)
)

CREATE TABLE server_document (
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  version INTEGER NOT NULL,
  body JSON NOT NULL,
  CONSTRAINT pk_server_document PRIMARY KEY (entity, entity_id)
)

CREATE INDEX ix_server_document_subject ON server_document (subject)

CREATE TABLE feed_cursor (
  scope TEXT NOT NULL,
  cursor TEXT NOT NULL,
  applied_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_feed_cursor PRIMARY KEY (scope)
)

CREATE TABLE "conflict" (
  id TEXT NOT NULL,
  n INTEGER NOT NULL,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  field TEXT NOT NULL,
  mine JSON NOT NULL,
  theirs JSON NOT NULL,
  base JSON NOT NULL,
  theirs_by TEXT NOT NULL,
  theirs_at VARCHAR(24),
  raised_at VARCHAR(24) NOT NULL,
  resolved_at VARCHAR(24),
  resolution TEXT,
  CONSTRAINT pk_conflict PRIMARY KEY (id)
)

CREATE INDEX ix_conflict_entity_id ON "conflict" (entity_id)

CREATE TABLE draft (
  "key" TEXT NOT NULL,
  fields JSON NOT NULL,
  saved_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_draft PRIMARY KEY ("key")
)

CREATE TABLE recent (
  household_id TEXT NOT NULL,
  opened_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_recent PRIMARY KEY (household_id)
)

CREATE INDEX ix_recent_opened_at ON recent (opened_at)

CREATE TABLE search_token (
  token TEXT NOT NULL,
  person_id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  CONSTRAINT pk_search_token PRIMARY KEY (token, person_id, household_id)
)
 WITHOUT ROWID

CREATE INDEX ix_search_token_person_id ON search_token (person_id)

CREATE TABLE person (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  id_kind TEXT NOT NULL,
  id_number TEXT,
  birth_on DATE,
  sex TEXT NOT NULL,
  ethnicity TEXT,
  hukou TEXT,
  labour TEXT NOT NULL,
  student TEXT,
  status TEXT,
  is_disabled BOOLEAN,
  disability_kind TEXT,
  disability_level INTEGER,
  is_seriously_ill BOOLEAN,
  illness TEXT,
  self_care JSON,
  receives JSON NOT NULL,
  is_monitored BOOLEAN,
  first_employed_on DATE,
  self_declared_on DATE,
  phone TEXT,
  is_removed BOOLEAN NOT NULL,
  CONSTRAINT pk_person PRIMARY KEY (id),
  CONSTRAINT ck_person_name_given CHECK (length(trim(name)) > 0),
  CONSTRAINT ck_person_disability_level CHECK (disability_level BETWEEN 1 AND 4)
)

CREATE INDEX ix_person_id_number ON person (id_number)

CREATE TABLE household (
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  village_code TEXT NOT NULL,
  group_name TEXT NOT NULL,
  door TEXT NOT NULL,
  address TEXT NOT NULL,
  hukou_area_code TEXT,
  residence_area_code TEXT,
  phone TEXT,
  category TEXT NOT NULL,
  monitoring_tag TEXT,
  benefit_month_fen INTEGER,
  poverty_cause TEXT,
  knock_note TEXT,
  bank_name TEXT,
  bank_account TEXT,
  head_person_id TEXT,
  is_removed BOOLEAN NOT NULL,
  CONSTRAINT pk_household PRIMARY KEY (id),
  CONSTRAINT ck_household_area CHECK (area IN ('urban', 'rural')),
  CONSTRAINT ck_household_benefit_not_negative CHECK (benefit_month_fen >= 0),
  CONSTRAINT fk_household_head_person_id_person FOREIGN KEY(head_person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_household_category ON household (category)

CREATE INDEX ix_household_village_code ON household (village_code)

CREATE TABLE visit (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  visited_on DATE NOT NULL,
  met TEXT NOT NULL,
  health TEXT,
  supplies TEXT,
  housing TEXT,
  income_change TEXT,
  need TEXT,
  note TEXT NOT NULL,
  visitor TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  adds_to_id TEXT,
  CONSTRAINT pk_visit PRIMARY KEY (id),
  CONSTRAINT ck_visit_visitor_given CHECK (length(visitor) > 0),
  CONSTRAINT fk_visit_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_visit_adds_to_id_visit FOREIGN KEY(adds_to_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_visit_visited_on ON visit (visited_on)

CREATE INDEX ix_visit_household_id ON visit (household_id)

CREATE TABLE emergency_relief (
  id TEXT NOT NULL,
  document_no TEXT NOT NULL,
  household_id TEXT,
  payee_person_id TEXT,
  payee_name TEXT NOT NULL,
  payee_id_number TEXT,
  event TEXT NOT NULL,
  event_note TEXT NOT NULL,
  event_area_code TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  way TEXT NOT NULL,
  goods TEXT NOT NULL,
  persons INTEGER NOT NULL,
  status TEXT NOT NULL,
  found_at VARCHAR(24) NOT NULL,
  paid_at VARCHAR(24) NOT NULL,
  payment_id TEXT NOT NULL,
  quota_id TEXT NOT NULL,
  paperwork_due_on DATE NOT NULL,
  paperwork_rule TEXT NOT NULL,
  paperwork_done_on DATE,
  cap_fen INTEGER,
  cap_rule TEXT,
  pack_sha256 TEXT,
  handler TEXT NOT NULL,
  reverses_id TEXT,
  reversal_reason TEXT,
  CONSTRAINT pk_emergency_relief PRIMARY KEY (id),
  CONSTRAINT ck_emergency_relief_amount_positive CHECK (amount_fen > 0),
  CONSTRAINT ck_emergency_relief_persons_positive CHECK (persons > 0),
  CONSTRAINT uq_emergency_relief_document_no UNIQUE (document_no),
  CONSTRAINT fk_emergency_relief_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_emergency_relief_payee_person_id_person FOREIGN KEY(payee_person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT uq_emergency_relief_payment_id UNIQUE (payment_id),
  CONSTRAINT fk_emergency_relief_quota_id_quota_token FOREIGN KEY(quota_id) REFERENCES quota_token (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_emergency_relief_reverses_id_emergency_relief FOREIGN KEY(reverses_id) REFERENCES emergency_relief (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_emergency_relief_quota_id ON emergency_relief (quota_id)

CREATE INDEX ix_emergency_relief_paperwork_due_on ON emergency_relief (paperwork_due_on)

CREATE INDEX ix_emergency_relief_household_id ON emergency_relief (household_id)

CREATE TABLE assessment (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  assessed_on DATE NOT NULL,
  pack_id TEXT NOT NULL,
  pack_version TEXT NOT NULL,
  pack_sha256 TEXT NOT NULL,
  facts JSON NOT NULL,
  answer JSON NOT NULL,
  suggested TEXT,
  benefit_month_fen INTEGER,
  made_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_assessment PRIMARY KEY (id),
  CONSTRAINT fk_assessment_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_assessment_household_id ON assessment (household_id)

CREATE TABLE print_record (
  id TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version TEXT NOT NULL,
  document_no TEXT NOT NULL,
  household_id TEXT,
  entity_id TEXT,
  content_sha256 TEXT NOT NULL,
  code TEXT NOT NULL,
  copies INTEGER NOT NULL,
  reprint_no INTEGER NOT NULL,
  printed_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_print_record PRIMARY KEY (id),
  CONSTRAINT ck_print_record_copies_positive CHECK (copies > 0),
  CONSTRAINT fk_print_record_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_print_record_document_no ON print_record (document_no)

CREATE INDEX ix_print_record_code ON print_record (code)

CREATE INDEX ix_print_record_entity_id ON print_record (entity_id)

CREATE INDEX ix_print_record_household_id ON print_record (household_id)

CREATE TABLE attachment (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  blob_id TEXT NOT NULL,
  blob_key TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  added_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_attachment PRIMARY KEY (id),
  CONSTRAINT ck_attachment_size_positive CHECK (size > 0),
  CONSTRAINT fk_attachment_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT uq_attachment_blob_id UNIQUE (blob_id)
)

CREATE INDEX ix_attachment_household_id ON attachment (household_id)

CREATE TABLE household_member (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  relation TEXT NOT NULL,
  living TEXT,
  is_removed BOOLEAN NOT NULL,
  CONSTRAINT pk_household_member PRIMARY KEY (id),
  CONSTRAINT fk_household_member_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_household_member_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_household_member_household_id ON household_member (household_id)

CREATE INDEX ix_household_member_person_id ON household_member (person_id)

CREATE TABLE support_obligor (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  name TEXT NOT NULL,
  relation TEXT NOT NULL,
  birth_on DATE,
  monthly_income_fen INTEGER,
  maintenance_month_fen INTEGER,
  status TEXT,
  is_removed BOOLEAN NOT NULL,
  CONSTRAINT pk_support_obligor PRIMARY KEY (id),
  CONSTRAINT ck_support_obligor_income_not_negative CHECK (monthly_income_fen >= 0),
  CONSTRAINT ck_support_obligor_maintenance_not_negative CHECK (maintenance_month_fen >= 0),
  CONSTRAINT fk_support_obligor_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_support_obligor_household_id ON support_obligor (household_id)

CREATE TABLE income_item (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  person_id TEXT,
  kind TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  per TEXT NOT NULL,
  months INTEGER NOT NULL,
  is_removed BOOLEAN NOT NULL,
  CONSTRAINT pk_income_item PRIMARY KEY (id),
  CONSTRAINT ck_income_item_amount_not_negative CHECK (amount_fen >= 0),
  CONSTRAINT ck_income_item_months CHECK (months BETWEEN 1 AND 12),
  CONSTRAINT fk_income_item_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_income_item_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_income_item_household_id ON income_item (household_id)

CREATE TABLE expense_item (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  person_id TEXT,
  kind TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  per TEXT NOT NULL,
  is_removed BOOLEAN NOT NULL,
  CONSTRAINT pk_expense_item PRIMARY KEY (id),
  CONSTRAINT ck_expense_item_amount_not_negative CHECK (amount_fen >= 0),
  CONSTRAINT fk_expense_item_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_expense_item_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_expense_item_household_id ON expense_item (household_id)

CREATE TABLE asset_item (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount_fen INTEGER,
  count INTEGER,
  is_removed BOOLEAN NOT NULL,
  CONSTRAINT pk_asset_item PRIMARY KEY (id),
  CONSTRAINT ck_asset_item_amount_not_negative CHECK (amount_fen >= 0),
  CONSTRAINT ck_asset_item_count_not_negative CHECK (count >= 0),
  CONSTRAINT fk_asset_item_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_asset_item_household_id ON asset_item (household_id)

CREATE TABLE application (
  id TEXT NOT NULL,
  document_no TEXT NOT NULL,
  household_id TEXT NOT NULL,
  applicant_person_id TEXT NOT NULL,
  requested JSON NOT NULL,
  status TEXT NOT NULL,
  filed_on DATE NOT NULL,
  assessment_id TEXT,
  decided_category TEXT,
  decided_benefit_month_fen INTEGER,
  decided_on DATE,
  decision_note TEXT,
  CONSTRAINT pk_application PRIMARY KEY (id),
  CONSTRAINT uq_application_document_no UNIQUE (document_no),
  CONSTRAINT fk_application_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_application_applicant_person_id_person FOREIGN KEY(applicant_person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_application_assessment_id_assessment FOREIGN KEY(assessment_id) REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_application_household_id ON application (household_id)
