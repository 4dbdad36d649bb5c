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

CREATE TABLE relief_step (
  id TEXT NOT NULL,
  relief_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  event TEXT,
  status TEXT NOT NULL,
  happened_at VARCHAR(24) NOT NULL,
  who TEXT NOT NULL,
  note TEXT NOT NULL,
  amount_fen INTEGER,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_relief_step PRIMARY KEY (id)
)

CREATE INDEX ix_relief_step_relief_id ON relief_step (relief_id)

CREATE TABLE late_supplement (
  id TEXT NOT NULL,
  relief_id TEXT NOT NULL,
  text TEXT NOT NULL,
  checked TEXT NOT NULL,
  home_visited_on DATE,
  notice_from DATE,
  notice_to DATE,
  items JSON NOT NULL,
  result TEXT NOT NULL,
  afterwards TEXT NOT NULL,
  completed_on DATE NOT NULL,
  handler TEXT NOT NULL,
  CONSTRAINT pk_late_supplement PRIMARY KEY (id)
)

CREATE INDEX ix_late_supplement_relief_id ON late_supplement (relief_id)

CREATE TABLE reserve_fund (
  id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  low_fen INTEGER,
  opened_on DATE NOT NULL,
  CONSTRAINT pk_reserve_fund PRIMARY KEY (id),
  CONSTRAINT ck_reserve_fund_low_not_negative CHECK (low_fen >= 0)
)

CREATE TABLE reserve_entry (
  id TEXT NOT NULL,
  fund_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  booked_on DATE NOT NULL,
  happened_on DATE NOT NULL,
  summary TEXT NOT NULL,
  voucher_no TEXT NOT NULL,
  reason TEXT NOT NULL,
  relief_id TEXT,
  payment_id TEXT,
  names_id TEXT,
  struck_reason TEXT,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_reserve_entry PRIMARY KEY (id),
  CONSTRAINT uq_reserve_entry_payment_id UNIQUE (fund_id, payment_id),
  CONSTRAINT ck_reserve_entry_amount_positive CHECK (amount_fen > 0),
  CONSTRAINT ck_reserve_entry_kind_known CHECK (kind in ('in', 'out', 'recovered', 'reversed', 'adjust_up', 'adjust_down'))
)

CREATE INDEX ix_reserve_entry_booked_on ON reserve_entry (booked_on)

CREATE INDEX ix_reserve_entry_fund_id ON reserve_entry (fund_id)

CREATE INDEX ix_reserve_entry_payment_id ON reserve_entry (payment_id)

CREATE INDEX ix_reserve_entry_relief_id ON reserve_entry (relief_id)

CREATE TABLE reserve_month (
  id TEXT NOT NULL,
  fund_id TEXT NOT NULL,
  month TEXT NOT NULL,
  balance_fen INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  closed_at VARCHAR(24) NOT NULL,
  closed_by TEXT NOT NULL,
  CONSTRAINT pk_reserve_month PRIMARY KEY (id)
)

CREATE INDEX ix_reserve_month_fund_id ON reserve_month (fund_id)

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

CREATE TABLE household_tier (
  household_id TEXT NOT NULL,
  from_on DATE NOT NULL,
  category TEXT NOT NULL,
  monitoring_tag TEXT,
  CONSTRAINT pk_household_tier PRIMARY KEY (household_id, from_on)
)
 WITHOUT ROWID

CREATE TABLE work_item (
  subject TEXT NOT NULL,
  source TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  household_id TEXT,
  who TEXT NOT NULL,
  place TEXT NOT NULL,
  appears_on DATE NOT NULL,
  due_on DATE,
  due_at VARCHAR(24),
  why TEXT NOT NULL,
  rule TEXT NOT NULL,
  page TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  since DATE,
  until DATE,
  standing INTEGER NOT NULL,
  in_workdays BOOLEAN NOT NULL,
  CONSTRAINT pk_work_item PRIMARY KEY (subject, source, position)
)
 WITHOUT ROWID

CREATE TABLE work_list (
  id INTEGER NOT NULL,
  made_with TEXT NOT NULL,
  good_before DATE,
  calendar JSON NOT NULL,
  made_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_work_list PRIMARY KEY (id)
)

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

CREATE TABLE upload (
  attachment_id TEXT NOT NULL,
  held INTEGER NOT NULL,
  receipt BLOB,
  arrived_at VARCHAR(24),
  unreadable_at VARCHAR(24),
  CONSTRAINT pk_upload PRIMARY KEY (attachment_id)
)

CREATE TABLE link_note (
  "key" TEXT NOT NULL,
  facts JSON NOT NULL,
  noted_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_link_note PRIMARY KEY ("key")
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
  mark TEXT,
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
  hukou_address TEXT,
  permit_no TEXT,
  resident_since INTEGER,
  marriage TEXT,
  education TEXT,
  labour TEXT NOT NULL,
  employer TEXT,
  student TEXT,
  status TEXT,
  is_disabled BOOLEAN,
  disability_kind TEXT,
  disability_level INTEGER,
  disability_no TEXT,
  is_seriously_ill BOOLEAN,
  illness TEXT,
  self_care JSON,
  receives JSON NOT NULL,
  is_monitored BOOLEAN,
  first_employed_on DATE,
  self_declared_on DATE,
  phone TEXT,
  died_on DATE,
  moved_on DATE,
  is_removed BOOLEAN NOT NULL,
  CONSTRAINT pk_person PRIMARY KEY (id),
  CONSTRAINT ck_person_name_given CHECK (length(trim(name)) > 0),
  CONSTRAINT ck_person_disability_level CHECK (disability_level BETWEEN 1 AND 4),
  CONSTRAINT ck_person_resident_since CHECK (resident_since BETWEEN 1900 AND 2999)
)

CREATE INDEX ix_person_id_number ON person (id_number)

CREATE TABLE village_report (
  id TEXT NOT NULL,
  quarter TEXT NOT NULL,
  first_on DATE NOT NULL,
  last_on DATE NOT NULL,
  told_on DATE NOT NULL,
  told_to TEXT NOT NULL,
  progress TEXT NOT NULL,
  problems TEXT NOT NULL,
  experience TEXT NOT NULL,
  suggestions TEXT NOT NULL,
  figures JSON NOT NULL,
  corrects_id TEXT,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_village_report PRIMARY KEY (id),
  CONSTRAINT ck_village_report_days_in_order CHECK (last_on >= first_on),
  CONSTRAINT ck_village_report_told_to_given CHECK (length(told_to) > 0),
  CONSTRAINT fk_village_report_corrects_id_village_report FOREIGN KEY(corrects_id) REFERENCES village_report (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_village_report_quarter ON village_report (quarter)

CREATE TABLE relief_instalment (
  id TEXT NOT NULL,
  relief_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  planned_on DATE NOT NULL,
  amount_fen INTEGER NOT NULL,
  status TEXT NOT NULL,
  document_no TEXT,
  paid_at VARCHAR(24),
  payment_id TEXT,
  quota_id TEXT,
  handler TEXT NOT NULL,
  reverses_id TEXT,
  reversal_reason TEXT,
  CONSTRAINT pk_relief_instalment PRIMARY KEY (id),
  CONSTRAINT ck_relief_instalment_amount_positive CHECK (amount_fen > 0),
  CONSTRAINT ck_relief_instalment_seq_positive CHECK (seq > 0),
  CONSTRAINT uq_relief_instalment_document_no UNIQUE (document_no),
  CONSTRAINT uq_relief_instalment_payment_id UNIQUE (payment_id),
  CONSTRAINT fk_relief_instalment_quota_id_quota_token FOREIGN KEY(quota_id) REFERENCES quota_token (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_relief_instalment_quota_id ON relief_instalment (quota_id)

CREATE INDEX ix_relief_instalment_relief_id ON relief_instalment (relief_id)

CREATE INDEX ix_relief_instalment_reverses_id ON relief_instalment (reverses_id)

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
  split_from_id TEXT,
  successor_id TEXT,
  ended_on DATE,
  ended_by TEXT,
  is_removed BOOLEAN NOT NULL,
  CONSTRAINT pk_household PRIMARY KEY (id),
  CONSTRAINT ck_household_area CHECK (area IN ('urban', 'rural')),
  CONSTRAINT ck_household_benefit_not_negative CHECK (benefit_month_fen >= 0),
  CONSTRAINT fk_household_head_person_id_person FOREIGN KEY(head_person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_household_category ON household (category)

CREATE INDEX ix_household_village_code ON household (village_code)

CREATE TABLE care_agreement (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  carer TEXT NOT NULL,
  carer_phone TEXT NOT NULL,
  carer_relation TEXT,
  carer_id_number TEXT,
  carer_address TEXT,
  fee_fen INTEGER,
  services TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  has_standard BOOLEAN NOT NULL,
  has_plan BOOLEAN NOT NULL,
  status TEXT NOT NULL,
  follows_id TEXT,
  ended_on DATE,
  ended_by TEXT,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_care_agreement PRIMARY KEY (id),
  CONSTRAINT ck_care_agreement_fee_not_negative CHECK (fee_fen >= 0),
  CONSTRAINT ck_care_agreement_days_in_order CHECK (ends_on >= starts_on),
  CONSTRAINT fk_care_agreement_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_care_agreement_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_care_agreement_follows_id_care_agreement FOREIGN KEY(follows_id) REFERENCES care_agreement (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_care_agreement_household_id ON care_agreement (household_id)

CREATE INDEX ix_care_agreement_status ON care_agreement (status)

CREATE TABLE watch_entry (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  cause TEXT NOT NULL,
  note TEXT NOT NULL,
  noticed_on DATE NOT NULL,
  listed_on DATE,
  compared_on DATE,
  status TEXT NOT NULL,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_watch_entry PRIMARY KEY (id),
  CONSTRAINT fk_watch_entry_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_watch_entry_household_id ON watch_entry (household_id)

CREATE INDEX ix_watch_entry_status ON watch_entry (status)

CREATE TABLE case_plan (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  need TEXT NOT NULL,
  opened_on DATE NOT NULL,
  due_on DATE,
  status TEXT NOT NULL,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_case_plan PRIMARY KEY (id),
  CONSTRAINT ck_case_plan_need_given CHECK (length(need) > 0),
  CONSTRAINT fk_case_plan_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_case_plan_household_id ON case_plan (household_id)

CREATE INDEX ix_case_plan_status ON case_plan (status)

CREATE TABLE complaint (
  id TEXT NOT NULL,
  household_id TEXT,
  who TEXT NOT NULL,
  channel TEXT NOT NULL,
  content TEXT NOT NULL,
  received_on DATE NOT NULL,
  answered_on DATE,
  answer TEXT NOT NULL,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_complaint PRIMARY KEY (id),
  CONSTRAINT ck_complaint_content_given CHECK (length(content) > 0),
  CONSTRAINT fk_complaint_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_complaint_household_id ON complaint (household_id)

CREATE TABLE self_care_assessment (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  assessed_on DATE NOT NULL,
  acts JSON NOT NULL,
  assessors JSON NOT NULL,
  note TEXT NOT NULL,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_self_care_assessment PRIMARY KEY (id),
  CONSTRAINT ck_self_care_assessment_kind_known CHECK (kind in ('first', 'review')),
  CONSTRAINT fk_self_care_assessment_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_self_care_assessment_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_self_care_assessment_household_id ON self_care_assessment (household_id)

CREATE TABLE visit (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  visited_on DATE NOT NULL,
  met TEXT NOT NULL,
  channel TEXT,
  kind TEXT,
  health TEXT,
  supplies TEXT,
  housing TEXT,
  income_change TEXT,
  need TEXT,
  cleanliness TEXT,
  dwelling TEXT,
  fire_safety TEXT,
  carer TEXT,
  explained TEXT,
  satisfaction TEXT,
  note TEXT NOT NULL,
  visitor TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  adds_to_id TEXT,
  CONSTRAINT pk_visit PRIMARY KEY (id),
  CONSTRAINT ck_visit_visitor_given CHECK (length(visitor) > 0),
  CONSTRAINT fk_visit_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_visit_adds_to_id_visit FOREIGN KEY(adds_to_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID

CREATE INDEX ix_visit_household_id ON visit (household_id)

CREATE INDEX ix_visit_visited_on ON visit (visited_on)

CREATE TABLE emergency_relief (
  id TEXT NOT NULL,
  document_no TEXT NOT NULL,
  household_id TEXT,
  payee_person_id TEXT,
  payee_name TEXT NOT NULL,
  payee_id_number TEXT,
  is_unknown BOOLEAN,
  event TEXT NOT NULL,
  event_note TEXT NOT NULL,
  event_area_code TEXT NOT NULL,
  event_place TEXT,
  reported_by TEXT,
  reporter TEXT,
  amount_fen INTEGER NOT NULL,
  way TEXT NOT NULL,
  goods TEXT NOT NULL,
  goods_items JSON,
  persons INTEGER NOT NULL,
  source TEXT,
  is_staged BOOLEAN,
  parent_id TEXT,
  referral_reason TEXT,
  status TEXT NOT NULL,
  found_at VARCHAR(24) NOT NULL,
  decided_at VARCHAR(24),
  decided_by TEXT,
  decided_how TEXT,
  decision_due_at VARCHAR(24),
  decision_rule TEXT,
  paid_at VARCHAR(24),
  payment_id TEXT,
  quota_id TEXT,
  paperwork_due_on DATE,
  paperwork_rule TEXT NOT NULL,
  paperwork_done_on DATE,
  emergency_over_on DATE,
  cap_fen INTEGER,
  cap_rule TEXT,
  pack_sha256 TEXT,
  handler TEXT NOT NULL,
  reverses_id TEXT,
  reversal_reason TEXT,
  apart_from_id TEXT,
  apart_reason TEXT,
  CONSTRAINT pk_emergency_relief PRIMARY KEY (id),
  CONSTRAINT ck_emergency_relief_amount_not_negative CHECK (amount_fen >= 0),
  CONSTRAINT ck_emergency_relief_persons_positive CHECK (persons > 0),
  CONSTRAINT uq_emergency_relief_document_no UNIQUE (document_no),
  CONSTRAINT fk_emergency_relief_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_emergency_relief_payee_person_id_person FOREIGN KEY(payee_person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT uq_emergency_relief_payment_id UNIQUE (payment_id),
  CONSTRAINT fk_emergency_relief_quota_id_quota_token FOREIGN KEY(quota_id) REFERENCES quota_token (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_emergency_relief_household_id ON emergency_relief (household_id)

CREATE INDEX ix_emergency_relief_paperwork_due_on ON emergency_relief (paperwork_due_on)

CREATE INDEX ix_emergency_relief_parent_id ON emergency_relief (parent_id)

CREATE INDEX ix_emergency_relief_quota_id ON emergency_relief (quota_id)

CREATE INDEX ix_emergency_relief_reverses_id ON emergency_relief (reverses_id)

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
  face TEXT,
  printed_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_print_record PRIMARY KEY (id),
  CONSTRAINT ck_print_record_copies_positive CHECK (copies > 0),
  CONSTRAINT fk_print_record_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_print_record_code ON print_record (code)

CREATE INDEX ix_print_record_document_no ON print_record (document_no)

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
  since_on DATE,
  since_by TEXT,
  until_on DATE,
  until_by TEXT,
  is_removed BOOLEAN NOT NULL,
  CONSTRAINT pk_household_member PRIMARY KEY (id),
  CONSTRAINT fk_household_member_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_household_member_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_household_member_household_id ON household_member (household_id)

CREATE INDEX ix_household_member_person_id ON household_member (person_id)

CREATE TABLE family_event (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  deed_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  happened_on DATE NOT NULL,
  other_household_id TEXT,
  people JSON NOT NULL,
  to_place TEXT NOT NULL,
  note TEXT NOT NULL,
  handler TEXT NOT NULL,
  needs_review BOOLEAN NOT NULL,
  undoes TEXT,
  changes JSON NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_family_event PRIMARY KEY (id),
  CONSTRAINT fk_family_event_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_family_event_deed_id ON family_event (deed_id)

CREATE INDEX ix_family_event_household_id ON family_event (household_id)

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

CREATE TABLE check_authorization (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  person_id TEXT,
  obligor_id TEXT,
  signer TEXT NOT NULL,
  kind TEXT NOT NULL,
  scope JSON NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  signed_on DATE NOT NULL,
  paper_ref TEXT NOT NULL,
  revoked_on DATE,
  revoke_reason TEXT,
  CONSTRAINT pk_check_authorization PRIMARY KEY (id),
  CONSTRAINT ck_check_authorization_signer CHECK (person_id IS NOT NULL OR obligor_id IS NOT NULL),
  CONSTRAINT fk_check_authorization_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_check_authorization_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_check_authorization_household_id ON check_authorization (household_id)

CREATE INDEX ix_check_authorization_valid_to ON check_authorization (valid_to)

CREATE TABLE staff_relative_filing (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  has_relative BOOLEAN NOT NULL,
  staff_name TEXT NOT NULL,
  staff_unit TEXT NOT NULL,
  staff_post TEXT NOT NULL,
  relation TEXT NOT NULL,
  declared_on DATE NOT NULL,
  is_signed BOOLEAN NOT NULL,
  CONSTRAINT pk_staff_relative_filing PRIMARY KEY (id),
  CONSTRAINT fk_staff_relative_filing_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_staff_relative_filing_household_id ON staff_relative_filing (household_id)

CREATE TABLE composition_change (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  deed_id TEXT,
  kind TEXT NOT NULL,
  person_id TEXT,
  person_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  happened_on DATE NOT NULL,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_composition_change PRIMARY KEY (id),
  CONSTRAINT ck_composition_change_kind_known CHECK (kind in ('add', 'remove')),
  CONSTRAINT fk_composition_change_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_composition_change_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_composition_change_household_id ON composition_change (household_id)

CREATE TABLE benefit (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  person_ids JSON NOT NULL,
  amount_fen INTEGER,
  from_month DATE NOT NULL,
  to_month DATE,
  ends_on DATE,
  ends_by TEXT,
  stop_reason TEXT NOT NULL,
  by_county BOOLEAN NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_benefit PRIMARY KEY (id),
  CONSTRAINT ck_benefit_amount_not_negative CHECK (amount_fen >= 0),
  CONSTRAINT ck_benefit_months_in_order CHECK (to_month >= from_month),
  CONSTRAINT fk_benefit_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_benefit_household_id ON benefit (household_id)

CREATE TABLE certificate (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  valid_to DATE NOT NULL,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_certificate PRIMARY KEY (id),
  CONSTRAINT fk_certificate_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_certificate_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_certificate_household_id ON certificate (household_id)

CREATE INDEX ix_certificate_person_id ON certificate (person_id)

CREATE TABLE care_step (
  care_id TEXT NOT NULL,
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  event TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  happened_on DATE NOT NULL,
  handler TEXT NOT NULL,
  told_by TEXT NOT NULL,
  paper_no TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_care_step PRIMARY KEY (id),
  CONSTRAINT fk_care_step_care_id_care_agreement FOREIGN KEY(care_id) REFERENCES care_agreement (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_care_step_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_care_step_care_id ON care_step (care_id)

CREATE INDEX ix_care_step_household_id ON care_step (household_id)

CREATE TABLE watch_step (
  watch_id TEXT NOT NULL,
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  event TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  happened_on DATE NOT NULL,
  handler TEXT NOT NULL,
  told_by TEXT NOT NULL,
  paper_no TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_watch_step PRIMARY KEY (id),
  CONSTRAINT fk_watch_step_watch_id_watch_entry FOREIGN KEY(watch_id) REFERENCES watch_entry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_watch_step_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_watch_step_household_id ON watch_step (household_id)

CREATE INDEX ix_watch_step_watch_id ON watch_step (watch_id)

CREATE TABLE case_step (
  case_id TEXT NOT NULL,
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  event TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  happened_on DATE NOT NULL,
  handler TEXT NOT NULL,
  told_by TEXT NOT NULL,
  paper_no TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_case_step PRIMARY KEY (id),
  CONSTRAINT fk_case_step_case_id_case_plan FOREIGN KEY(case_id) REFERENCES case_plan (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_case_step_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_case_step_case_id ON case_step (case_id)

CREATE INDEX ix_case_step_household_id ON case_step (household_id)

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
  return_comments JSON,
  filed_by TEXT,
  proxy_name TEXT,
  proxy_id_number TEXT,
  proxy_relation TEXT,
  proxy_phone TEXT,
  proxy_signed_on DATE,
  converted_from_id TEXT,
  consent_on DATE,
  ended_on DATE,
  end_reason TEXT,
  CONSTRAINT pk_application PRIMARY KEY (id),
  CONSTRAINT uq_application_document_no UNIQUE (document_no),
  CONSTRAINT fk_application_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_application_applicant_person_id_person FOREIGN KEY(applicant_person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_application_assessment_id_assessment FOREIGN KEY(assessment_id) REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_application_converted_from_id_application FOREIGN KEY(converted_from_id) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_application_household_id ON application (household_id)

CREATE TABLE grace_period (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  pack_sha256 TEXT NOT NULL,
  rule TEXT NOT NULL,
  basis TEXT NOT NULL,
  former_fen INTEGER,
  start_month DATE NOT NULL,
  shares JSON NOT NULL,
  least_months INTEGER,
  most_months INTEGER,
  heads INTEGER NOT NULL,
  reason TEXT NOT NULL,
  status TEXT NOT NULL,
  proposed_on DATE NOT NULL,
  approved_on DATE,
  approved_by TEXT,
  paper_no TEXT,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_grace_period PRIMARY KEY (id),
  CONSTRAINT ck_grace_period_former_not_negative CHECK (former_fen >= 0),
  CONSTRAINT ck_grace_period_heads_positive CHECK (heads > 0),
  CONSTRAINT fk_grace_period_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_grace_period_assessment_id_assessment FOREIGN KEY(assessment_id) REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_grace_period_household_id ON grace_period (household_id)

CREATE INDEX ix_grace_period_status ON grace_period (status)

CREATE TABLE periodic_review (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  case_class TEXT NOT NULL,
  reviewed_on DATE NOT NULL,
  result TEXT NOT NULL,
  assessment_id TEXT,
  note TEXT NOT NULL,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_periodic_review PRIMARY KEY (id),
  CONSTRAINT fk_periodic_review_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_periodic_review_assessment_id_assessment FOREIGN KEY(assessment_id) REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_periodic_review_household_id ON periodic_review (household_id)

CREATE TABLE visit_file (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  attachment_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  added_at VARCHAR(24) NOT NULL,
  hidden_at VARCHAR(24),
  CONSTRAINT pk_visit_file PRIMARY KEY (id),
  CONSTRAINT fk_visit_file_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_visit_file_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_visit_file_attachment_id_attachment FOREIGN KEY(attachment_id) REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_visit_file_attachment_id ON visit_file (attachment_id)

CREATE INDEX ix_visit_file_household_id ON visit_file (household_id)

CREATE INDEX ix_visit_file_visit_id ON visit_file (visit_id)

CREATE TABLE visit_plan (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  planned_on DATE NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  because_id TEXT,
  visit_id TEXT,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_visit_plan PRIMARY KEY (id),
  CONSTRAINT fk_visit_plan_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_visit_plan_because_id_visit FOREIGN KEY(because_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_visit_plan_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_visit_plan_household_id ON visit_plan (household_id)

CREATE TABLE lead (
  id TEXT NOT NULL,
  household_id TEXT,
  who TEXT NOT NULL,
  source TEXT NOT NULL,
  batch TEXT,
  content TEXT NOT NULL,
  visit_id TEXT,
  found_on DATE NOT NULL,
  due_on DATE,
  status TEXT NOT NULL,
  way TEXT,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_lead PRIMARY KEY (id),
  CONSTRAINT ck_lead_content_given CHECK (length(content) > 0),
  CONSTRAINT fk_lead_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_lead_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_lead_household_id ON lead (household_id)

CREATE TABLE application_step (
  application_id TEXT NOT NULL,
  details JSON NOT NULL,
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  event TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  happened_on DATE NOT NULL,
  handler TEXT NOT NULL,
  told_by TEXT NOT NULL,
  paper_no TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_application_step PRIMARY KEY (id),
  CONSTRAINT fk_application_step_application_id_application FOREIGN KEY(application_id) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_application_step_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_application_step_application_id ON application_step (application_id)

CREATE INDEX ix_application_step_household_id ON application_step (household_id)

CREATE TABLE application_material (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  application_id TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  person_id TEXT,
  state TEXT NOT NULL,
  mode TEXT,
  asked_on DATE NOT NULL,
  settled_on DATE,
  replaces TEXT,
  note TEXT,
  CONSTRAINT pk_application_material PRIMARY KEY (id),
  CONSTRAINT fk_application_material_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_application_material_application_id_application FOREIGN KEY(application_id) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_application_material_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_application_material_application_id ON application_material (application_id)

CREATE INDEX ix_application_material_household_id ON application_material (household_id)

CREATE TABLE community_review (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  application_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  held_on DATE NOT NULL,
  place TEXT NOT NULL,
  chair TEXT NOT NULL,
  recorder TEXT NOT NULL,
  expected INTEGER NOT NULL,
  attendance JSON NOT NULL,
  agree INTEGER NOT NULL,
  against INTEGER NOT NULL,
  abstain INTEGER NOT NULL,
  passed BOOLEAN,
  rule TEXT NOT NULL,
  opinion TEXT NOT NULL,
  CONSTRAINT pk_community_review PRIMARY KEY (id),
  CONSTRAINT ck_community_review_votes_not_negative CHECK (agree >= 0 AND against >= 0 AND abstain >= 0),
  CONSTRAINT fk_community_review_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_community_review_application_id_application FOREIGN KEY(application_id) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_community_review_application_id ON community_review (application_id)

CREATE INDEX ix_community_review_household_id ON community_review (household_id)

CREATE TABLE public_notice (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  application_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  posted_on DATE NOT NULL,
  ends_on DATE,
  rule TEXT NOT NULL,
  places JSON NOT NULL,
  body JSON NOT NULL,
  posted_by JSON NOT NULL,
  witnesses JSON NOT NULL,
  CONSTRAINT pk_public_notice PRIMARY KEY (id),
  CONSTRAINT fk_public_notice_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_public_notice_application_id_application FOREIGN KEY(application_id) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_public_notice_application_id ON public_notice (application_id)

CREATE INDEX ix_public_notice_household_id ON public_notice (household_id)

CREATE TABLE notice_objection (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  application_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  raised_on DATE NOT NULL,
  raised_by TEXT NOT NULL,
  content TEXT NOT NULL,
  handled_on DATE,
  outcome TEXT,
  reply TEXT,
  CONSTRAINT pk_notice_objection PRIMARY KEY (id),
  CONSTRAINT fk_notice_objection_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_notice_objection_application_id_application FOREIGN KEY(application_id) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_notice_objection_application_id ON notice_objection (application_id)

CREATE INDEX ix_notice_objection_household_id ON notice_objection (household_id)

CREATE TABLE grace_step (
  grace_id TEXT NOT NULL,
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  event TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  happened_on DATE NOT NULL,
  handler TEXT NOT NULL,
  told_by TEXT NOT NULL,
  paper_no TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_grace_step PRIMARY KEY (id),
  CONSTRAINT fk_grace_step_grace_id_grace_period FOREIGN KEY(grace_id) REFERENCES grace_period (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_grace_step_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_grace_step_grace_id ON grace_step (grace_id)

CREATE INDEX ix_grace_step_household_id ON grace_step (household_id)

CREATE TABLE lead_step (
  id TEXT NOT NULL,
  lead_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  event TEXT NOT NULL,
  status TEXT NOT NULL,
  happened_on DATE NOT NULL,
  who TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_lead_step PRIMARY KEY (id),
  CONSTRAINT fk_lead_step_lead_id_lead FOREIGN KEY(lead_id) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_lead_step_lead_id ON lead_step (lead_id)

CREATE TABLE referral (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  need TEXT NOT NULL,
  to_org TEXT NOT NULL,
  content TEXT NOT NULL,
  visit_id TEXT,
  lead_id TEXT,
  made_on DATE NOT NULL,
  due_on DATE,
  status TEXT NOT NULL,
  handler TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_referral PRIMARY KEY (id),
  CONSTRAINT ck_referral_to_org_given CHECK (length(to_org) > 0),
  CONSTRAINT fk_referral_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_referral_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_referral_lead_id_lead FOREIGN KEY(lead_id) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_referral_household_id ON referral (household_id)

CREATE TABLE investigation (
  id TEXT NOT NULL,
  household_id TEXT NOT NULL,
  application_id TEXT,
  investigated_on DATE NOT NULL,
  investigators JSON NOT NULL,
  respondent TEXT NOT NULL,
  answers JSON NOT NULL,
  fits BOOLEAN NOT NULL,
  conclusion TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_investigation PRIMARY KEY (id),
  CONSTRAINT ck_investigation_two CHECK (json_array_length(investigators) >= 2),
  CONSTRAINT fk_investigation_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_investigation_application_id_application FOREIGN KEY(application_id) REFERENCES application (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_investigation_application_id ON investigation (application_id)

CREATE INDEX ix_investigation_household_id ON investigation (household_id)

CREATE TABLE referral_step (
  id TEXT NOT NULL,
  referral_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  event TEXT NOT NULL,
  status TEXT NOT NULL,
  happened_on DATE NOT NULL,
  who TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_at VARCHAR(24) NOT NULL,
  CONSTRAINT pk_referral_step PRIMARY KEY (id),
  CONSTRAINT fk_referral_step_referral_id_referral FOREIGN KEY(referral_id) REFERENCES referral (id) DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_referral_step_referral_id ON referral_step (referral_id)
