-- An outcome log as the first release made it (version 1 of its tables); everything in it is invented.
BEGIN TRANSACTION;
CREATE TABLE attempts (
	attempt_id TEXT NOT NULL, 
	player TEXT NOT NULL, 
	scenario TEXT NOT NULL, 
	level TEXT NOT NULL, 
	seed BIGINT NOT NULL, 
	playbook TEXT NOT NULL, 
	actions TEXT NOT NULL, 
	messages TEXT NOT NULL, 
	minute INTEGER NOT NULL, 
	outcome TEXT, 
	scores TEXT, 
	helped INTEGER NOT NULL, 
	"after" TEXT, 
	started DATETIME NOT NULL, 
	changed DATETIME NOT NULL, 
	ended DATETIME, 
	state TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_attempts PRIMARY KEY (attempt_id)
);
CREATE TABLE calls (
	call_id TEXT NOT NULL, 
	coach TEXT NOT NULL, 
	interview_id TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	caller TEXT NOT NULL, 
	scheduled_at DATETIME NOT NULL, 
	timezone TEXT NOT NULL, 
	state TEXT NOT NULL, 
	missed_by TEXT, 
	cause TEXT, 
	initiator TEXT, 
	reason TEXT, 
	first_message_at DATETIME, 
	window_until DATETIME, 
	reconnected_at DATETIME, 
	waited_minutes INTEGER, 
	date_doubt TEXT, 
	synthetic BOOLEAN NOT NULL, 
	notes TEXT, 
	entry_digest TEXT, 
	write_id INTEGER NOT NULL, 
	CONSTRAINT pk_calls PRIMARY KEY (call_id), 
	CONSTRAINT fk_calls_coach FOREIGN KEY(coach, interview_id) REFERENCES interviews (coach, interview_id), 
	CONSTRAINT uq_calls_coach_interview_id_sequence UNIQUE (coach, interview_id, sequence), 
	CONSTRAINT fk_calls_write_id FOREIGN KEY(write_id) REFERENCES writes (write_id)
)
 WITHOUT ROWID

;
INSERT INTO "calls" VALUES('call-509a4e5388dd3ba9df58','Ash','interview-509a4e5388dd3ba9df58',1,'phone','interviewer','2026-03-06 09:30:00.000000','Europe/London','completed',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'99be5005',7);
INSERT INTO "calls" VALUES('call-8491779f2d57','Ash','interview-34acb81c9d91',1,'phone','interviewer','2026-03-05 14:00:00.000000','Europe/London','moved',NULL,NULL,'candidate','ill',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,6);
INSERT INTO "calls" VALUES('call-a77b0e4231120cef59ed','Ash','i1',1,'phone','interviewer','2026-03-05 14:00:00.000000','Europe/London','missed','interviewer_no_call',NULL,NULL,NULL,'2026-03-05 14:20:00.000000',NULL,NULL,NULL,NULL,0,'kind, and brief',NULL,1);
INSERT INTO "calls" VALUES('call-b0c2c0df451e5de9f41a','Ash','interview-b0c2c0df451e5de9f41a',1,'phone','interviewer','2026-03-09 09:30:00.000000','Europe/London','moved',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'51921b70',7);
INSERT INTO "calls" VALUES('call-cda78cf2d6ca','Ash','i1',2,'phone','interviewer','2026-03-09 10:00:00.000000','Europe/London','completed',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,2);
CREATE TABLE changes (
	change_id INTEGER NOT NULL, 
	write_id INTEGER NOT NULL, 
	call_id TEXT, 
	client_id TEXT, 
	field TEXT NOT NULL, 
	was TEXT, 
	became TEXT, 
	CONSTRAINT pk_changes PRIMARY KEY (change_id), 
	CONSTRAINT fk_changes_write_id FOREIGN KEY(write_id) REFERENCES writes (write_id)
);
INSERT INTO "changes" VALUES(1,3,'call-cda78cf2d6ca',NULL,'state','pending','completed');
INSERT INTO "changes" VALUES(2,3,'call-cda78cf2d6ca',NULL,'employer','Alder','Alder Ltd');
INSERT INTO "changes" VALUES(3,4,'call-a77b0e4231120cef59ed',NULL,'first_message_at',NULL,'2026-03-05T14:20:00+00:00');
INSERT INTO "changes" VALUES(4,4,'call-a77b0e4231120cef59ed',NULL,'notes','kind, on the phone','kind, and brief');
INSERT INTO "changes" VALUES(5,5,NULL,'c1','name',NULL,NULL);
INSERT INTO "changes" VALUES(6,5,NULL,'c1','contact',NULL,NULL);
CREATE TABLE client_names (
	coach TEXT NOT NULL, 
	client_id TEXT NOT NULL, 
	name TEXT, 
	contact TEXT, 
	CONSTRAINT pk_client_names PRIMARY KEY (coach, client_id), 
	CONSTRAINT fk_client_names_coach FOREIGN KEY(coach, client_id) REFERENCES clients (coach, client_id)
);
INSERT INTO "client_names" VALUES('Ash','c1','Synthetic Person','person@example.org');
INSERT INTO "client_names" VALUES('Ash','client-0a6c2a55a087eded953b','Other Person',NULL);
CREATE TABLE clients (
	coach TEXT NOT NULL, 
	client_id TEXT NOT NULL, 
	CONSTRAINT pk_clients PRIMARY KEY (coach, client_id)
)
 WITHOUT ROWID

;
INSERT INTO "clients" VALUES('Ash','c1');
INSERT INTO "clients" VALUES('Ash','c2');
INSERT INTO "clients" VALUES('Ash','client-0a6c2a55a087eded953b');
CREATE TABLE interview_coach_log (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_interview_coach_log PRIMARY KEY ("key")
);
INSERT INTO "interview_coach_log" VALUES('version','1');
INSERT INTO "interview_coach_log" VALUES('salt','2f4b41952da32fd805edfeb082c82e9c');
CREATE TABLE interviews (
	coach TEXT NOT NULL, 
	interview_id TEXT NOT NULL, 
	client_id TEXT NOT NULL, 
	cohort TEXT, 
	employer TEXT, 
	employer_type TEXT, 
	round INTEGER, 
	CONSTRAINT pk_interviews PRIMARY KEY (coach, interview_id), 
	CONSTRAINT fk_interviews_coach FOREIGN KEY(coach, client_id) REFERENCES clients (coach, client_id)
)
 WITHOUT ROWID

;
INSERT INTO "interviews" VALUES('Ash','i1','c1','Spring','Alder Ltd',NULL,NULL);
INSERT INTO "interviews" VALUES('Ash','interview-34acb81c9d91','c2',NULL,NULL,NULL,NULL);
INSERT INTO "interviews" VALUES('Ash','interview-509a4e5388dd3ba9df58','client-0a6c2a55a087eded953b',NULL,'Birch',NULL,NULL);
INSERT INTO "interviews" VALUES('Ash','interview-b0c2c0df451e5de9f41a','client-0a6c2a55a087eded953b',NULL,'Birch',NULL,NULL);
CREATE TABLE workshop_changes (
	workshop_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	change TEXT NOT NULL, 
	CONSTRAINT pk_workshop_changes PRIMARY KEY (workshop_id, number), 
	CONSTRAINT fk_workshop_changes_workshop_id FOREIGN KEY(workshop_id) REFERENCES workshops (workshop_id)
);
CREATE TABLE workshops (
	workshop_id TEXT NOT NULL, 
	coach TEXT NOT NULL, 
	deck TEXT NOT NULL, 
	cohort TEXT NOT NULL, 
	begun_at DATETIME NOT NULL, 
	CONSTRAINT pk_workshops PRIMARY KEY (workshop_id)
);
CREATE TABLE writes (
	write_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	action TEXT NOT NULL, 
	why TEXT, 
	CONSTRAINT pk_writes PRIMARY KEY (write_id)
);
INSERT INTO "writes" VALUES(1,'2026-07-01 12:00:00.000000','Ash','added',NULL);
INSERT INTO "writes" VALUES(2,'2026-07-01 12:01:00.000000','Ash','added',NULL);
INSERT INTO "writes" VALUES(3,'2026-07-01 12:02:00.000000','Ash','changed','they spoke');
INSERT INTO "writes" VALUES(4,'2026-07-01 12:03:00.000000','Ash','changed','told later');
INSERT INTO "writes" VALUES(5,'2026-07-01 12:03:00.000000','Ash','named',NULL);
INSERT INTO "writes" VALUES(6,'2026-07-01 12:03:00.000000','Ash','added',NULL);
INSERT INTO "writes" VALUES(7,'2026-07-01 12:03:00.000000','Ash','imported','old.csv: 2 of 2 rows');
CREATE INDEX ix_attempts_player_changed ON attempts (player, changed);
CREATE INDEX ix_changes_call_id ON changes (call_id);
COMMIT;
