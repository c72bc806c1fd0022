"""Invitations as people really send them: pasted mails, texts, letters, in several languages."""

import pytest

from interview_coach.messages import Invitation, read_typed
from interview_coach.times import read_time

NOW = read_time("2026-03-04T09:00", "Europe/London", "now")  # a Wednesday


def read(text: str) -> Invitation:
    return read_typed(text, timezone="Europe/London", now=NOW)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ('From: Careers <careers@northbank.example>\nSent: 03 March 2026 16:42\nTo: Sam Okafor <sam.okafor@mail.example>\nSubject: Telephone interview - Customer Adviser\n\nDear Sam,\n\nThank you for your application. I am pleased to invite you to a telephone interview on Monday 9 March 2026 at 11:15am (UK time). The call will last around 25 minutes.\n\nPlease call 0161 496 0123 and ask for Priya. If you have not heard from us please reply by Friday 6 March at 5pm.\n\nKind regards,\nHelen Marsh\nTel: 0161 496 0100', '2026-03-09T11:15:00+00:00[Europe/London]'),
        ('hey r u free tmrw 2ish for the call? my no is 07700 900456', '2026-03-05T14:00:00+00:00[Europe/London]'),
        ("I'll give you a ring between 10 and 10.30am on Monday", '2026-03-09T10:00:00+00:00[Europe/London]'),
        ('Your call is Tuesday week at 3pm.', '2026-03-17T15:00:00+00:00[Europe/London]'),
        ("Let's speak next Tuesday at 4", '2026-03-10T16:00:00+00:00[Europe/London]'),
        ('Shall we say next Friday, 11am?', '2026-03-13T11:00:00+00:00[Europe/London]'),
        ("Friday week, 10 o'clock, I'll ring you.", '2026-03-13T10:00:00+00:00[Europe/London]'),
        ('A fortnight today at 1pm for the phone interview?', '2026-03-18T13:00:00+00:00[Europe/London]'),
        ('This day week at 11 in the morning. Ring me on 087 123 4567.', '2026-03-11T11:00:00+00:00[Europe/London]'),
        ('w/c 9 March, Wednesday 2pm?', '2026-03-11T14:00:00+00:00[Europe/London]'),
        ('We are interviewing w/c 16th March. Yours is on the Thursday at 11:20.', '2026-03-19T11:20:00+00:00[Europe/London]'),
        ('It will be 4pm my time / 11am your time next Monday, I am in Mumbai', '2026-03-09T11:00:00+00:00[Europe/London]'),
        ('We can offer: Mon 9th 11:00, Mon 9th 14:30, Tues 10th 9:45. Let me know which.', '2026-03-09T11:00:00+00:00[Europe/London]'),
        ('I have 10:30 or 3:15 on Monday, which do you prefer?', '2026-03-09T10:30:00+00:00[Europe/London]'),
        ('Phone screen: Fri 3/6 @ 10a PT. Call 650.555.0188 x12.', '2026-03-06T10:00:00-08:00[America/Los_Angeles]'),
        ('Please join at 8 a.m. Arizona time on March 10', '2026-03-10T08:00:00-07:00[America/Phoenix]'),
        ('Entrevue téléphonique le mardi 10 mars 2026 à 13 h 30 (heure de Montréal), durée 45 minutes. Tél. : 514 555-0182, poste 233.', '2026-03-10T13:30:00-04:00[America/Toronto]'),
        ('Your phone interview is Wed March 11, 10:30 am AT (Halifax). Call 902-555-0199.', '2026-03-11T10:30:00-03:00[America/Halifax]'),
        ('Interview slot - Monday next at 3 pm India time.', '2026-03-09T15:00:00+05:30[Asia/Kolkata]'),
        ('Phone chat Wednesday 11 March 4:00pm AEST Brisbane', '2026-03-11T16:00:00+10:00[Australia/Brisbane]'),
        ("Are ye free Saturday week at twelve? I'll ring from the office.", '2026-03-14T12:00:00+00:00[Europe/London]'),
        ('Howzit, can we do 10h30 on Friday the 13th? (South African time) +27 82 555 0147', '2026-03-13T10:30:00+02:00[Africa/Johannesburg]'),
        ('Te llamo mañana a las tres y media de la tarde', '2026-03-05T15:30:00+00:00[Europe/London]'),
        ('¿Te viene bien pasado mañana a las 10 de la mañana, hora de Madrid?', '2026-03-06T10:00:00+01:00[Europe/Madrid]'),
        ('La entrevista será el martes 10 a las 5 p.m., hora de México. Responda antes del viernes.', '2026-03-10T17:00:00-06:00[America/Mexico_City]'),
        ('Nos vemos el lunes que viene a las once y cuarto', '2026-03-09T11:15:00+00:00[Europe/London]'),
        ('Quedamos el miércoles 11 de marzo al mediodía, hora de Colombia', '2026-03-11T12:00:00-05:00[America/Bogota]'),
        ('El viernes a las doce menos cuarto te llamará la responsable', '2026-03-06T11:45:00+00:00[Europe/London]'),
        ('Passt dir morgen um halb drei?', '2026-03-05T14:30:00+00:00[Europe/London]'),
        ('Wir rufen Sie am Dienstag um 9 Uhr deutscher Zeit an.', '2026-03-10T09:00:00+01:00[Europe/Berlin]'),
        ('Übermorgen um Viertel vor zehn vormittags?', '2026-03-06T09:45:00+00:00[Europe/London]'),
        ('Je vous appelle demain à midi.', '2026-03-05T12:00:00+00:00[Europe/London]'),
        ('Rendez-vous après-demain à 9 h et quart, durée : une demi-heure', '2026-03-06T09:15:00+00:00[Europe/London]'),
        ('Please let us know by Monday if Thursday 12th at 3pm works for the call.', '2026-03-12T15:00:00+00:00[Europe/London]'),
        ('Reply by 5pm on Friday 6 March. Your interview is at 10am on Wednesday 11 March.', '2026-03-11T10:00:00+00:00[Europe/London]'),
        ('RSVP before noon Friday. Phone interview: Tuesday March 10, 2026 at 4:00 p.m. (London)', '2026-03-10T16:00:00+00:00[Europe/London]'),
        ('Please complete the online test no later than 23:59 on Sunday 8 March. The interview itself is on Thursday 12 March at 09:45.', '2026-03-12T09:45:00+00:00[Europe/London]'),
        ('The closing date is 6 March 2026 at 17:00. Interviews: 18 March, yours at 13:20.', '2026-03-18T13:20:00+00:00[Europe/London]'),
        ("If you haven't heard from us by 10:15 please ring 020 7946 0555. Interview at 10:00 on Monday 9 March.", '2026-03-09T10:00:00+00:00[Europe/London]'),
        ('Your interview on Thursday 5 March at 10am has been moved to Friday 6 March at 11am.', '2026-03-06T11:00:00+00:00[Europe/London]'),
        ('Instead of 2pm tomorrow, could we do 3pm on Friday?', '2026-03-06T15:00:00+00:00[Europe/London]'),
        ("Sorry, can't do Monday at 9 any more. New time: Tuesday 10 March 13:30.", '2026-03-10T13:30:00+00:00[Europe/London]'),
        ('The interview originally planned for 9 March at 14:00 will now take place on 10 March at 15:30.', '2026-03-10T15:30:00+00:00[Europe/London]'),
        ("I'll call in an hour", '2026-03-04T10:00:00+00:00[Europe/London]'),
        ('Can you speak in 20 minutes? 07700 900111', '2026-03-04T09:20:00+00:00[Europe/London]'),
        ("Interview in two weeks' time, on Wednesday at 2pm", '2026-03-18T14:00:00+00:00[Europe/London]'),
        ('The ninth of March at 2 pm', '2026-03-09T14:00:00+00:00[Europe/London]'),
        ('Tues 10/3 @ 1430Z', '2026-03-10T14:30:00+00:00[Europe/London]'),
        ('Interview at 3 tomorrow, Pacific', '2026-03-05T15:00:00-08:00[America/Los_Angeles]'),
        ('Hi, this is Tom from Hays (office hours 8.30-5.30). Phone interview with client: Weds 11 Mar 4.45pm.', '2026-03-11T16:45:00+00:00[Europe/London]'),
        ('24 February 2026\n\nDear Ms Okafor\n\nInterview for Librarian\n\nYour interview is on Friday 6 March 2026 at 9.15 am and will last for three-quarters of an hour.', '2026-03-06T09:15:00+00:00[Europe/London]'),
        ('Interview this coming Monday at lunchtime, say 12.30. Cheers, Mo. Sent from my iPhone on 3 March', '2026-03-09T12:30:00+00:00[Europe/London]'),
        ("Subject: Interview confirmation\nDate: Mon, 2 Mar 2026 11:02:17 +0000\nFrom: hr@firm.example\nTo: sam@mail.example\n\nHi Sam, confirming tomorrow at 2.30pm. We'll call you on your mobile.", '2026-03-03T14:30:00+00:00[Europe/London]'),
        ('[02/03/2026, 18:22:10] Priya HR: Hi Sam, can u do Thursday 11.30?\n[02/03/2026, 18:30:44] Sam: yes perfect\n[02/03/2026, 18:31:02] Priya HR: great, will call you on 07700 900321', '2026-03-05T11:30:00+00:00[Europe/London]'),
        ('02/03/2026, 09:15 - Tom Recruiter: Morning! Interview is tomorrow at 10\n02/03/2026, 09:16 - Sam: ok', '2026-03-03T10:00:00+00:00[Europe/London]'),
        ('Please arrive in the Teams lobby at 13:55 for a 14:00 start on Tuesday 10 March.', '2026-03-10T14:00:00+00:00[Europe/London]'),
        ('Pls be ready 10 mins before ur 11:00 interview on Mon', '2026-03-09T11:00:00+00:00[Europe/London]'),
        ('Interview: Fri, Mar 6, 11a-11:30a CT', '2026-03-06T11:00:00-06:00[America/Chicago]'),
        ('Kia ora Sam, korero on Wed 11 March at 9am NZ time?', '2026-03-11T09:00:00+13:00[Pacific/Auckland]'),
        ("Grand so, I'll ring ye Monday week at a quarter past two", '2026-03-16T14:15:00+00:00[Europe/London]'),
        ('Entrevista virtual: jueves 12/03, 9:30 a.m. hora Perú. ID de reunión: 845 2211 3344. Código de acceso: 552211', '2026-03-12T09:30:00-05:00[America/Lima]'),
        ('Te llamo dentro de dos días a las nueve de la mañana', '2026-03-06T09:00:00+00:00[Europe/London]'),
        ('La entrevista se ha cambiado del jueves 5 a las 10:00 al viernes 6 a las 12:00', '2026-03-06T12:00:00+00:00[Europe/London]'),
        ('Hola! Confirmame antes de las 18:00 de hoy. La llamada es mañana a las 9:15, hora de Buenos Aires', '2026-03-05T09:15:00-03:00[America/Buenos_Aires]'),
        ('Hallo Sam, können wir am nächsten Montag um 11 telefonieren? Meine Nummer: 0171 5550123', '2026-03-09T11:00:00+00:00[Europe/London]'),
        ('Wir möchten Sie am Mittwoch, 11. März 2026, von 10:00 bis 10:45 Uhr (Wiener Zeit) anrufen.', '2026-03-11T10:00:00+01:00[Europe/Vienna]'),
        ('Morgen um Viertel nach neun ruft Frau Huber an.', '2026-03-05T09:15:00+00:00[Europe/London]'),
        ('Donnerstag in einer Woche, 14 Uhr, passt das?', '2026-03-12T14:00:00+00:00[Europe/London]'),
        ('Bonjour Sam, êtes-vous disponible lundi prochain à 10h ? Je vous appellerai au 06 39 98 12 34.', '2026-03-09T10:00:00+00:00[Europe/London]'),
        ("L'entretien est reporté du 5 mars à 9h au 6 mars à 11h30.", '2026-03-06T11:30:00+00:00[Europe/London]'),
        ('RDV tél. mercredi 11/03 de 9h30 à 10h, heure de Genève', '2026-03-11T09:30:00+01:00[Europe/Zurich]'),
        ('On se parle vendredi en huit à 15 h ?', '2026-03-13T15:00:00+00:00[Europe/London]'),
        ("Je vous téléphonerai jeudi à trois heures et demie de l'après-midi", '2026-03-05T15:30:00+00:00[Europe/London]'),
        ('Interview invitation (expires 5 March 23:59). Slot: 10 March 12:00-12:30.', '2026-03-10T12:00:00+00:00[Europe/London]'),
        ('Your application was received on 14 February 2026. We would like to speak to you on 10 March at 2pm.', '2026-03-10T14:00:00+00:00[Europe/London]'),
        ('The job starts on 1 May. Interview by phone: Mon 9 March 11am.', '2026-03-09T11:00:00+00:00[Europe/London]'),
        ("I'm on leave 9-13 March so let's do Monday 16th at 11.", '2026-03-16T11:00:00+00:00[Europe/London]'),
        ('I am away until Monday 9 March. Shall we talk on Tuesday 10 March at 3pm?', '2026-03-10T15:00:00+00:00[Europe/London]'),
        ('I tried calling you at 10 today. Can we try again at 4?', '2026-03-04T16:00:00+00:00[Europe/London]'),
        ("Sorry I missed you at 2pm yesterday. I'll ring again at 11am on Thursday.", '2026-03-05T11:00:00+00:00[Europe/London]'),
        ('Not Thursday after all: Friday at 9:30.', '2026-03-06T09:30:00+00:00[Europe/London]'),
        ('Our 3pm is now 3:30pm tomorrow', '2026-03-05T15:30:00+00:00[Europe/London]'),
        ('Friday the thirteenth at 10am :)', '2026-03-13T10:00:00+00:00[Europe/London]'),
        ("We'll be dialling in from Singapore at 5pm our time on Monday (9am yours).", '2026-03-09T17:00:00+08:00[Asia/Singapore]'),
        ("From: Recruiter <r@x.example>\nSent: Tuesday, March 3, 2026 5:12 PM\nTo: Sam\nSubject: RE: Phone screen\n\nGreat, let's do tomorrow at 11 ET then.\n\nDana Whitfield\nSenior Recruiter | O: 202-555-0119 | C: 202-555-0187\n\nFrom: Sam\nSent: Tuesday, March 3, 2026 4:40 PM\nTo: Recruiter\nSubject: Phone screen\n\nI'm free tomorrow at 11am or Thursday at 2pm ET.", '2026-03-04T11:00:00-05:00[America/New_York]'),
        ('Begin forwarded message:\n\nFrom: HR <hr@x.example>\nDate: 2 March 2026 at 14:20:11 GMT\nTo: sam@mail.example\nSubject: Interview\n\nDear Sam,\nYour interview will be on Friday 6 March at 15:40 by telephone.', '2026-03-06T15:40:00+00:00[Europe/London]'),
        ('---------- Forwarded message ---------\nFrom: HR <hr@x.example>\nDate: Mon, 2 Mar 2026 at 14:20\nSubject: Interview\nTo: <sam@mail.example>\n\nYour interview will be on Friday 6 March at 15:40 by telephone.', '2026-03-06T15:40:00+00:00[Europe/London]'),
        ('Von: Personal <hr@firma.example>\nGesendet: Montag, 2. März 2026 10:12\nAn: Sam\nBetreff: Telefoninterview\n\nGuten Tag,\nwir rufen Sie übermorgen um 14 Uhr an.\nMit freundlichen Grüßen', '2026-03-04T14:00:00+00:00[Europe/London]'),
        ('De : RH <rh@x.example>\nEnvoyé : mardi 3 mars 2026 09:40\nÀ : Sam\nObjet : Entretien\n\nBonjour, je vous propose un appel jeudi à 16h30. Cordialement', '2026-03-05T16:30:00+00:00[Europe/London]'),
        ("Hi Sam,\nThanks for chatting at 3pm yesterday. Round two: Monday 9 March, 9:30-10:15 AM ET with Lee. Please send your portfolio by Sunday 8 March, 6pm ET.\nLee's cell: 646-555-0100", '2026-03-09T09:30:00-04:00[America/New_York]'),
        ('Interview starts in 15 minutes - 020 7946 0111', '2026-03-04T09:15:00+00:00[Europe/London]'),
        ('noon to 12:30 on Friday 6 March, Central', '2026-03-06T12:00:00-06:00[America/Chicago]'),
        ('Freitag, 6.3., halb elf vormittags', '2026-03-06T10:30:00+00:00[Europe/London]'),
        ('kommenden Dienstag 15:30', '2026-03-10T15:30:00+00:00[Europe/London]'),
        ('el jueves a las 4 y media de la tarde, hora de Santiago', '2026-03-05T16:30:00-03:00[America/Santiago]'),
        ('Mañana por la tarde, a las cinco, te llama Ana', '2026-03-05T17:00:00+00:00[Europe/London]'),
        ('vendredi 6 mars à 14 heures précises, heure du Québec', '2026-03-06T14:00:00-05:00[America/Toronto]'),
        ('lundi 9 mars, 8h45 (Bruxelles)', '2026-03-09T08:45:00+01:00[Europe/Brussels]'),
        ('Kindly join by 10.25 AM as the interview will commence at 10.30 AM sharp on 06/03/2026 (IST)', '2026-03-06T10:30:00+05:30[Asia/Kolkata]'),
        ('Room 2.30, call at 3.15pm on Thursday', '2026-03-05T15:15:00+00:00[Europe/London]'),
        ('The salary is 32-35k and the role is 9-5. Interview Thursday 12 March 1pm.', '2026-03-12T13:00:00+00:00[Europe/London]'),
        ('7.45 on Friday evening', '2026-03-06T19:45:00+00:00[Europe/London]'),
        ('first thing Monday, say 8', '2026-03-09T08:00:00+00:00[Europe/London]'),
    ],
)  # fmt: skip
def test_the_interviews_own_time_is_taken(text: str, start: str) -> None:
    assert read(text).start.format_iso() == start


@pytest.mark.parametrize(
    ("now", "text", "start"),
    [
        ('2026-10-22T15:00', 'Monday fortnight at 3.15 pm', '2026-11-09T15:15:00+00:00[Europe/London]'),
        ('2026-12-30T10:00', 'next week Tuesday, 2pm', '2027-01-05T14:00:00+00:00[Europe/London]'),
        ('2026-06-12T08:00', '12 June 2026\nDear Sam\nI write to confirm your telephone interview on Wednesday 17th June at half past nine in the morning. Please telephone 01223 555 012 (extension 8).\nYours sincerely', '2026-06-17T09:30:00+01:00[Europe/London]'),
        ('2026-06-12T08:00', 'Fri 19/6 1400 BST', '2026-06-19T14:00:00+01:00[Europe/London]'),
        ('2026-06-12T08:00', 'Next Fri 2pm?', '2026-06-19T14:00:00+01:00[Europe/London]'),
        ('2026-06-12T08:00', 'Monday 10-11 EST', '2026-06-15T10:00:00-04:00[America/New_York]'),
        ('2026-06-12T08:00', 'Would 9:30 or 10:30 on Tuesday suit? If so, I will ring you on the number on your CV.', '2026-06-16T09:30:00+01:00[Europe/London]'),
        ('2026-06-12T08:00', "Hello, I'm Jordan. Can we speak Tuesday 16 June at 2pm, Jordan", '2026-06-16T14:00:00+01:00[Europe/London]'),
        ('2026-06-12T08:00', 'Speak Tues 16 June 2pm\nSydney\nRecruiter, Acme', '2026-06-16T14:00:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'Subject: Interview for Payroll Officer\nFrom: Grace Obi\nSent: 07 September 2026 12:44\nTo: Maya Lindqvist\n\nDear Maya,\nWe were impressed by your application and would like to arrange a telephone interview on Monday 14th September at 10:15am with Mr Denis Fry. It should take no more than 20 minutes.\nCan you confirm your attendance by close of play Thursday 10th September?\n\nGrace Obi\nHR Adviser | 01904 555 017 | Mon-Thu 9.00-4.30', '2026-09-14T10:15:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'r u around weds 1ish 4 a chat bout the job', '2026-09-09T13:00:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'Your interview is next Wednesday at 2pm', '2026-09-16T14:00:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'Wednesday week, half eleven, ring 028 9555 0123', '2026-09-16T11:30:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', "Entretien téléphonique jeudi 17 septembre à 10 h (heure de l'Est). 438 555-0142", '2026-09-17T10:00:00-04:00[America/New_York]'),
        ('2026-09-08T11:00', 'Rendez-vous mardi prochain à quatorze heures trente, heure de Lyon', '2026-09-15T14:30:00+02:00[Europe/Paris]'),
        ('2026-09-08T11:00', 'Le llamaremos el lunes 14 de septiembre a las cuatro y cuarto de la tarde (hora canaria).', '2026-09-14T16:15:00+01:00[Atlantic/Canary]'),
        ('2026-09-08T11:00', 'Entrevista pasado mañana a las 12:30, hora de Bogotá. Tel. +57 601 555 0123', '2026-09-10T12:30:00-05:00[America/Bogota]'),
        ('2026-09-08T11:00', 'El jueves que viene, a eso de las seis de la tarde, ¿te va bien?', '2026-09-10T18:00:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'Können wir Donnerstag Viertel nach drei sprechen?', '2026-09-10T15:15:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'We could do Monday 14th 10am, or Tuesday 15th 3pm, whichever is better', '2026-09-14T10:00:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'I know we said Thursday at 10, but something came up. Would Friday at 10:30 be OK?', '2026-09-11T10:30:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'Your interview time has been updated.\nOld time: Thu 10 Sep 2026 09:00 BST\nNew time: Mon 14 Sep 2026 11:00 BST', '2026-09-14T11:00:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'Rescheduled: was Thu 10 Sep 14:00, now Fri 11 Sep 14:00', '2026-09-11T14:00:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'The deadline for the case study is Sunday at midnight; your interview is Monday at 11 am.', '2026-09-14T11:00:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'Tuesday, the fifteenth of September, at five to two', '2026-09-15T13:55:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', "w/b 14 September - we've pencilled you in for the Thursday, 1pm", '2026-09-17T13:00:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', 'In two weeks on Tuesday, 10am. Number: +1 (212) 555-0134 ext. 9', '2026-09-22T10:00:00+01:00[Europe/London]'),
        ('2026-09-08T11:00', '[08/09/26, 10:41:33] Ola (Recruiter): hey! interview is in 2 days at 3pm, they will call ur mobile', '2026-09-10T15:00:00+01:00[Europe/London]'),
    ],
)  # fmt: skip
def test_it_is_reckoned_from_the_day_of_reading(now: str, text: str, start: str) -> None:
    at = read_time(now, "Europe/London", "now")
    assert read_typed(text, timezone="Europe/London", now=at).start.format_iso() == start


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ('Hi Sam,\n\nYour 15 Minute Intro Call with Dana Lee at 11:30am (Pacific Time - US & Canada) on Tuesday, March 10, 2026 is scheduled.\n\nDana will call you at +1 202-555-0175.', 15),
        ('Dear Ms Okafor\n\nFurther to your application for the post of Ward Clerk (ref 381-WC-0042), we should like to interview you by telephone on Tuesday 17 March 2026 at 10.40 am. Please allow 40 minutes. Would you confirm by 12 noon on Tuesday 10 March by telephoning 01632 960 458 ext. 214.\n\nYours sincerely\nR. Pugh\nHR Department\nMon-Fri 9am-5pm', 40),
        ('Phone interview Wed 11 Mar, 12 noon GMT, 45 mins.', 45),
        ('Mon 30 March 10:00 BST for 20 min. 020 7946 0321', 20),
        ('Interview 4/7 at 3:30 PM EDT (one hour).', 60),
        ('Sehr geehrte Frau Okafor, gerne laden wir Sie zum Telefoninterview am Donnerstag, den 12.03.2026, um 14:30 Uhr (MEZ) ein. Dauer: ca. 45 Minuten. Tel. +49 30 5550 0123', 45),
        ("Please dial in 5 minutes before your 2:30pm slot on Monday 9 March. You'll have 20 minutes.", 20),
        ('Thursday 5 March, 14:00 for 14:15, lasting an hour and a half', 90),
        ('Interview date: 9th March 2026\nInterview time: 10:20\nDuration: 1 hr 15 mins\nRef: 12:45/AB\nContact: 0131 496 0888', 75),
        ('Interview is tomorrow!! 15 mins, 1pm GMT sharp, Google Meet PIN 552 114 908#', 15),
        ("Hi Sam\n\nThanks for your time on Monday! Everyone loved talking to you.\n\nNext step is a 45 min call with our CTO, Ravi. He's free on Friday 13 March at 4pm GMT. I'll send a Zoom link shortly.\n\nTa,\nBecks\n--\nBecks Lowe | Talent Partner\nM: 07700 900 876 | 8th Floor, 21 Wharf Road, London N1 7GR\nCompany no. 09876543", 45),
        ("Let's connect Tuesday 3/10, 1 PM Eastern/10 AM Pacific, for about 30-40 minutes.", 40),
        ('Das Gespräch findet am 10. März um 15 Uhr statt und dauert etwa eine Stunde. Bitte bestätigen Sie bis Freitag, 6. März.', 60),
        ('31 March, 14:00 UTC, 45 min', 45),
        ('Your interview begins at 9.15 sharp on the 6th, lasts twenty minutes', 20),
    ],
)  # fmt: skip
def test_how_long_it_takes_is_read(text: str, minutes: int) -> None:
    assert read(text).minutes == minutes


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('Priya Nair is inviting you to a scheduled Zoom meeting.\n\nTopic: Interview - Data Analyst\nTime: Mar 12, 2026 02:00 PM London\n\nJoin Zoom Meeting\nhttps://us02web.zoom.us/j/84512345678?pwd=abc\n\nMeeting ID: 845 1234 5678\nPasscode: 402913\nOne tap mobile\n+442034815237,,84512345678#,,,,*402913# United Kingdom\n+442034815240,,84512345678#,,,,*402913# United Kingdom\n\nDial by your location\n• +44 203 481 5237 United Kingdom\n• +44 203 481 5240 United Kingdom', ('+442034815237', '+442034815240', '+44 203 481 5237', '+44 203 481 5240')),
        ('Zoom: Topic: Second round\nTime: Mar 17, 2026 09:30 AM Eastern Time (US and Canada)\nMeeting ID: 912 3456 7890\nPasscode: 771204', ()),
        ('Microsoft Teams meeting\nWhen: Tuesday, 10 March 2026 14:00-14:45 (UTC+00:00) Dublin, Edinburgh, Lisbon, London.\nWhere: Microsoft Teams Meeting\n\nJoin on your computer, mobile app or room device\nMeeting ID: 345 678 901 234\nPasscode: aB3dEf\nOr call in (audio only)\n+44 20 3855 5885,,123456789# United Kingdom, London\nPhone Conference ID: 123 456 789#', ('+44 20 3855 5885',)),
        ('You have been invited to the following event.\nInterview: Backend Engineer\nWhen: Thu 19 Mar 2026 3:30pm – 4:15pm (GMT)\nWhere: https://meet.google.com/abc-defg-hij\nCalendar: sam.okafor@mail.example\nJoining info\nOr dial: (GB) +44 20 3956 1234 PIN: 123 456 789#', ('+44 20 3956 1234',)),
        ('Interview with Acme\nThursday Mar 12, 2026 ⋅ 10am – 10:30am\nEastern Time - New York\nJoin by phone: (US) +1 414-555-0142\nPIN: 884 512 993#', ('+1 414-555-0142',)),
        ('Interview: 3/5/2026 2:00 PM EST. Dial 1-800-555-0199 ext 4471.', ('1-800-555-0199 ext 4471',)),
        ('Your interview is confirmed for Tuesday, March 10 from 2:00-2:30 PM Mountain Time. Call-in: 720-555-0111, conference code 4829103.', ('720-555-0111',)),
        ('Please phone our Vancouver office on Thursday, March 12, 2026 at 9:00 a.m. Pacific: 604-555-0150 local 31', ('604-555-0150 local 31',)),
        ('Kindly be available at 1700 hrs IST on 6th March. Round 2 will be telephonic. Panel: 3 members. Job ID 20260314.', ()),
        ('9 March 2026 20:00 SGT; Webex meeting number (access code): 2345 678 9012, password hT3xQ', ()),
        ('Booking confirmed\nPhone interview with Northwind\nWed, 11 Mar 2026, 16:20–16:40 GMT\nReschedule up to 24 hours before\nBooking reference 4471 8820 19', ()),
        ('Friday 10am-ish works. My direct line: +44 (0)20 7946 0999 ext 12', ('+44 (0)20 7946 0999 ext 12',)),
        ('Thursday, noon, London. 020-7946-0001. Vacancy ref 2026030512', ('020-7946-0001',)),
    ],
)  # fmt: skip
def test_ids_and_codes_are_no_telephone_numbers(text: str, numbers: tuple[str, ...]) -> None:
    assert read(text).numbers == numbers


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Friday at midnight", "It says midnight: the one at the start of 6 March 2026 is taken; check the day."),
        ("next Friday, 11am", "next Friday can be 13 March 2026 or 6 March 2026: 13 March 2026 is taken; check the day."),
        ("Monday at 11am", "Monday can be 9 March 2026 or 2 March 2026: 9 March 2026 is taken; check the day."),
        ("I'll call in an hour", "It counts from when it was written, and now is taken: 10:00 am; check it."),
        ("The 20 March event is not it. Talk at 10am on 12 March.", "It names several days; 12 March 2026, which stands nearest to the time, is taken."),
        ("Please arrive at 13:55 for a 14:00 start on 12 March", "It names several times; 14:00 is taken."),
        ("2pm on the 3rd", "3rd can be 3 March 2026 or 3 April 2026: 3 March 2026 is taken; check the day."),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_said(text: str, doubt: str) -> None:
    assert doubt in read(text).doubts


@pytest.mark.parametrize(
    "text",
    ["Monday next at 11am", "the coming Monday at 11am", "this Friday at 11am", "el lunes que viene a las 11:00", "Monday of next week at 11am"],
)  # fmt: skip
def test_a_day_that_lies_ahead_is_not_in_doubt(text: str) -> None:
    assert len(read(text).doubts) == 1  # the zone's


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("12 March at 2pm. It will be in German.", "Europe/London"),
        ("12 March 2pm Ohio time", "America/New_York"),
        ("12 March 2pm MST (Phoenix)", "America/Phoenix"),
        ("12 March at 2pm Sydney will call you", "Europe/London"),
    ],
)
def test_a_language_or_a_name_is_no_clock(text: str, zone: str) -> None:
    assert read(text).start.tz_id == zone
