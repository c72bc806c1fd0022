-- An outcome log as version 2 of its tables was (a chained history); everything in it is invented.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_alembic_version PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
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
	revision INTEGER DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_calls PRIMARY KEY (call_id), 
	CONSTRAINT fk_calls_coach FOREIGN KEY(coach, interview_id) REFERENCES interviews (coach, interview_id), 
	CONSTRAINT uq_calls_coach_interview_id_sequence UNIQUE (coach, interview_id, sequence), 
	CONSTRAINT fk_calls_write_id FOREIGN KEY(write_id) REFERENCES writes (write_id)
)
 WITHOUT ROWID

;
INSERT INTO "calls" VALUES('call-071364753b913344d66a','Ash','i1',1,'phone','interviewer','2026-03-05 14:00:00.000000','Europe/London','missed','interviewer_no_call',NULL,NULL,NULL,'2026-03-05 14:20:00.000000',NULL,NULL,NULL,NULL,0,'kind, and brief',NULL,1,2);
INSERT INTO "calls" VALUES('call-2da6179c985d613fd5f9','Ash','interview-2da6179c985d613fd5f9',1,'phone','interviewer','2026-03-06 09:30:00.000000','Europe/London','completed',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'33b4e1e8',10,1);
INSERT INTO "calls" VALUES('call-611dbda2bf8e0ea38439','Ash','interview-611dbda2bf8e0ea38439',1,'phone','interviewer','2026-03-09 09:30:00.000000','Europe/London','moved',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'91d9b3ac',10,1);
INSERT INTO "calls" VALUES('call-b2e27f7ae397','Ash','i1',2,'phone','interviewer','2026-03-09 10:00:00.000000','Europe/London','completed',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,2,2);
INSERT INTO "calls" VALUES('call-bc9f85b35134','Ash','interview-4fd3e147de8e',1,'phone','interviewer','2026-03-05 14:00:00.000000','Europe/London','moved',NULL,NULL,'candidate','ill',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,6,1);
CREATE TABLE client_names (
	coach TEXT NOT NULL, 
	client_id TEXT NOT NULL, 
	name TEXT, 
	contact TEXT, 
	CONSTRAINT pk_client_names PRIMARY KEY (coach, client_id), 
	CONSTRAINT fk_client_names_coach FOREIGN KEY(coach, client_id) REFERENCES clients (coach, client_id)
);
INSERT INTO "client_names" VALUES('Ash','c1','Synthetic Person','person@example.org');
INSERT INTO "client_names" VALUES('Ash','client-d01d56ff0dc6edca38e7','Other Person',NULL);
CREATE TABLE clients (
	coach TEXT NOT NULL, 
	client_id TEXT NOT NULL, 
	cohort TEXT, 
	tags TEXT, 
	outcome TEXT, 
	outcome_on DATE, 
	player TEXT, 
	chain TEXT, 
	secret BLOB, 
	CONSTRAINT pk_clients PRIMARY KEY (coach, client_id)
)
 WITHOUT ROWID

;
INSERT INTO "clients" VALUES('Ash','c1',NULL,NULL,NULL,NULL,NULL,'client-54e00b7cf9e8',X'C6449CD7E76FFE2BEA48E664D933E264');
INSERT INTO "clients" VALUES('Ash','c2','Spring','["evening"]',NULL,NULL,NULL,'client-4f7a9c5e5f88',X'914E53F32C39E3EAC2B882EF154910D0');
INSERT INTO "clients" VALUES('Ash','client-d01d56ff0dc6edca38e7',NULL,NULL,NULL,NULL,NULL,'client-5a7a87732a01',X'31723256A9ED08CAC6FD9FB9D2E9FE8C');
CREATE TABLE history (
	coach TEXT NOT NULL, 
	chain TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	write_id INTEGER NOT NULL, 
	call_id TEXT, 
	change TEXT, 
	private TEXT, 
	private_digest BLOB, 
	plain_digest BLOB, 
	keyed_digest BLOB, 
	interview_digest BLOB, 
	hash BLOB NOT NULL, 
	CONSTRAINT pk_history PRIMARY KEY (coach, chain, number), 
	CONSTRAINT fk_history_write_id FOREIGN KEY(write_id) REFERENCES writes (write_id)
)
 WITHOUT ROWID

;
INSERT INTO "history" VALUES('Ash','client-4f7a9c5e5f88',1,9,NULL,'{"cohort": [null, "Spring"]}','{"tags": [null, "[\"evening\"]"]}',X'9443AFDC630E6AB177857BCDACFDB14B',X'6C7172E473FB70B68BF8726EFC0D7951',X'719FA97B8E54E90F2A88CDF853D7DC27',NULL,X'9C328F6C95F78B8206B571BC816D4471');
INSERT INTO "history" VALUES('Ash','client-54e00b7cf9e8',1,5,NULL,NULL,'{"name": [null, null], "contact": [null, null]}',X'363F6B5064AF9EBA6E4ECFCCDC953725',X'CAE66941D9EFBD404E4D88758EA67670',X'B25C689893A2D02E33CBEEE58FD41789',NULL,X'154D32E6B3E803E009EDA9B7834421E4');
INSERT INTO "history" VALUES('Ash','i1',1,1,'call-071364753b913344d66a',NULL,NULL,NULL,X'0E1805B2AEF465880740F96F2CBC87C9',X'D94684509749EC92121212BC11CFE92B',X'3856F201D30576FD3EDB4D605EFAF60D',X'4D3A8CD97AA39C08F9E7025F817586B2');
INSERT INTO "history" VALUES('Ash','i1',2,2,'call-b2e27f7ae397',NULL,NULL,NULL,X'1D419D6D890D034D3DFA9C268E04AF7C',X'1AC9CDCEBB7E9E32E5481EF0E19D1BA7',X'3856F201D30576FD3EDB4D605EFAF60D',X'09142938C00CC4BC4E7578E9A29BAE30');
INSERT INTO "history" VALUES('Ash','i1',3,3,'call-b2e27f7ae397','{"state": ["pending", "completed"], "employer": ["Alder", "Alder Ltd"]}',NULL,NULL,X'5E3CE571B005D9F16CE220206F1DF24F',X'1AC9CDCEBB7E9E32E5481EF0E19D1BA7',X'571BC57C3A61422A1B208DC22A9CBFD6',X'CD70966AF9893464F360EB7104784FF9');
INSERT INTO "history" VALUES('Ash','i1',4,4,'call-071364753b913344d66a','{"first_message_at": [null, "2026-03-05T14:20:00+00:00"]}','{"notes": ["kind, on the phone", "kind, and brief"]}',X'9D4FCB1AEE983665FD71AAEF7ECE0877',X'CA9E7DF5F6A1770236F174A46BEBC04A',X'DD4038AA8BCC61BEB02FD144F937018F',X'571BC57C3A61422A1B208DC22A9CBFD6',X'BC5A8F6050255A4F411F4C58074AAB35');
INSERT INTO "history" VALUES('Ash','interview-2da6179c985d613fd5f9',1,10,'call-2da6179c985d613fd5f9',NULL,NULL,NULL,X'503AE204B696BCEF3DD7D007C3745661',X'AE1232457C4AF25F06DA0061486ECC2F',X'8A348273A519BDCE2B1E61ECD8724A57',X'5573FC05019E054BDA4EADF6B8FF4902');
INSERT INTO "history" VALUES('Ash','interview-4fd3e147de8e',1,6,'call-bc9f85b35134',NULL,NULL,NULL,X'AC3F8CA1C3D2E1D7A92F47CADDBA5AE4',X'8BC827EC7F602F045F04A0F9A6ED29CC',X'CAE66941D9EFBD404E4D88758EA67670',X'BDA9F9E80763FBAB6CEF76E19AA28966');
INSERT INTO "history" VALUES('Ash','interview-611dbda2bf8e0ea38439',1,10,'call-611dbda2bf8e0ea38439',NULL,NULL,NULL,X'39B7EB7C953EC5D7D22475CAB93AC4FF',X'2165FA037E6212BD1496982E3489E597',X'8A348273A519BDCE2B1E61ECD8724A57',X'26B63653246B9B2C7374ED112A3B00E6');
INSERT INTO "history" VALUES('Ash','interview-c52827291463',1,7,'call-9b7254617202',NULL,NULL,NULL,X'7EBAF6329CE27B9D0CB5157634D8C0D2',X'BD6418A42B8B0A40E166735414DB5084',X'CAE66941D9EFBD404E4D88758EA67670',X'424AA1C1337863F90C03DA1D5147EBEA');
INSERT INTO "history" VALUES('Ash','interview-c52827291463',2,8,'call-9b7254617202','{"sequence": ["1", null], "channel": ["phone", null], "caller": ["interviewer", null], "scheduled_at": ["2026-03-06T14:00:00+00:00", null], "timezone": ["Europe/London", null], "state": ["cancelled", null], "synthetic": ["False", null]}',NULL,NULL,NULL,NULL,X'CAE66941D9EFBD404E4D88758EA67670',X'F8AEAB5653AB3E6D3171FD2F26DBD9FB');
CREATE TABLE interview_coach_log (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_interview_coach_log PRIMARY KEY ("key")
);
INSERT INTO "interview_coach_log" VALUES('version','2');
INSERT INTO "interview_coach_log" VALUES('salt','31a621c6930982619d4772b92b85dabe');
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
INSERT INTO "interviews" VALUES('Ash','interview-2da6179c985d613fd5f9','client-d01d56ff0dc6edca38e7',NULL,'Birch',NULL,NULL);
INSERT INTO "interviews" VALUES('Ash','interview-4fd3e147de8e','c2',NULL,NULL,NULL,NULL);
INSERT INTO "interviews" VALUES('Ash','interview-611dbda2bf8e0ea38439','client-d01d56ff0dc6edca38e7',NULL,'Birch',NULL,NULL);
INSERT INTO "interviews" VALUES('Ash','interview-c52827291463','c2',NULL,NULL,NULL,NULL);
CREATE TABLE open_cases (
	coach TEXT NOT NULL, 
	interview_id TEXT NOT NULL, 
	call_id TEXT NOT NULL, 
	due TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_open_cases PRIMARY KEY (coach, interview_id)
)
 WITHOUT ROWID

;
INSERT INTO "open_cases" VALUES('Ash','interview-4fd3e147de8e','call-bc9f85b35134','new_time','2026-03-05 14:00:00.000000');
INSERT INTO "open_cases" VALUES('Ash','interview-611dbda2bf8e0ea38439','call-611dbda2bf8e0ea38439','new_time','2026-03-09 09:30:00.000000');
CREATE TABLE tallies (
	coach TEXT NOT NULL, 
	month TEXT NOT NULL, 
	what TEXT NOT NULL, 
	n BIGINT NOT NULL, 
	CONSTRAINT pk_tallies PRIMARY KEY (coach, month, what)
)
 WITHOUT ROWID

;
INSERT INTO "tallies" VALUES('Ash','2026-03','cancelled',0);
INSERT INTO "tallies" VALUES('Ash','2026-03','completed',2);
INSERT INTO "tallies" VALUES('Ash','2026-03','interviews',4);
INSERT INTO "tallies" VALUES('Ash','2026-03','messaged',1);
INSERT INTO "tallies" VALUES('Ash','2026-03','missed',1);
INSERT INTO "tallies" VALUES('Ash','2026-03','missed:interviewer_no_call',1);
INSERT INTO "tallies" VALUES('Ash','2026-03','moved',2);
INSERT INTO "tallies" VALUES('Ash','2026-03','pending',0);
INSERT INTO "tallies" VALUES('Ash','2026-03','proactive',2);
INSERT INTO "tallies" VALUES('Ash','2026-03','reactive',1);
INSERT INTO "tallies" VALUES('Ash','2026-03','rescheduled',3);
INSERT INTO "tallies" VALUES('Ash','now','open:message',0);
INSERT INTO "tallies" VALUES('Ash','now','open:new_time',2);
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
	why_secret BLOB, 
	why_digest BLOB, 
	CONSTRAINT pk_writes PRIMARY KEY (write_id)
);
INSERT INTO "writes" VALUES(1,'2026-07-01 12:02:00.000000','Ash','added',NULL,NULL,NULL);
INSERT INTO "writes" VALUES(2,'2026-07-01 12:03:00.000000','Ash','added',NULL,NULL,NULL);
INSERT INTO "writes" VALUES(3,'2026-07-01 12:04:00.000000','Ash','changed','they spoke',X'60B17E9D18599FA6D833659005614A3B',X'E295379C74DA6A943D7C466D59BC63EA');
INSERT INTO "writes" VALUES(4,'2026-07-01 12:05:00.000000','Ash','changed','told later',X'90E8109A3F1C7BC2310E80F2B895E6CA',X'F409D7F13DB8968B35D58070764DF3FC');
INSERT INTO "writes" VALUES(5,'2026-07-01 12:06:00.000000','Ash','named',NULL,NULL,NULL);
INSERT INTO "writes" VALUES(6,'2026-07-01 12:07:00.000000','Ash','added',NULL,NULL,NULL);
INSERT INTO "writes" VALUES(7,'2026-07-01 12:08:00.000000','Ash','added',NULL,NULL,NULL);
INSERT INTO "writes" VALUES(8,'2026-07-01 12:09:00.000000','Ash','undone','taken back',X'3C61473949FE9F1869E97FC7354A2F8F',X'7735C1B4D993E996B0BD64E0B13FF600');
INSERT INTO "writes" VALUES(9,'2026-07-01 12:10:00.000000','Ash','described',NULL,NULL,NULL);
INSERT INTO "writes" VALUES(10,'2026-07-01 12:11:00.000000','Ash','imported','old.csv: 2 of 2 rows',X'E15700CB8C46DC49572E06C6DDBF7ED0',X'47DCFC5C921B3FB32DE79D479CAFD581');
CREATE INDEX ix_open_cases_coach_since ON open_cases (coach, since);
CREATE INDEX ix_attempts_player_changed ON attempts (player, changed);
CREATE INDEX ix_calls_pending ON calls (coach, scheduled_at, state) WHERE state = 'pending';
COMMIT;
