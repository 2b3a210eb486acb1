import { describe, expect, it } from 'vitest';
import type { Camera, Entry, Role } from '../../api/model';
import { makeText } from '../../i18n/catalogue';
import { de } from '../../i18n/de';
import { en } from '../../i18n/en';
import { Zone } from '../../time/zone';
import { objectText, toldText } from './told';

const german = makeText('de', de);
const english = makeText('en', en);
const helsinki = new Zone('Europe/Helsinki', 'de-DE');

const entry = (text: string, more: Partial<Entry> = {}): Entry => ({
  index: 7,
  time: 1_795_312_800_000_000,
  person: 'p1',
  name: 'Olga',
  address: '127.0.0.1',
  action: 'look.closed',
  object: 'camera/c1',
  outcome: 'done',
  purpose: undefined, caseNumber: undefined, decision: undefined,
  text,
  hash: 'ab',
  ...more,
});

describe('what an entry tells', () => {
  it('is told in the language of whoever reads it', () => {
    expect(toldText(entry('by a one-time link'), german, helsinki).text).toBe('mit einem Einmal-Link');
    expect(toldText(entry('live look of entry 1234: 61 s, 1525 frames seen'), german, helsinki).text).toBe('Live gesehen, Eintrag № 1.234: 61 s, 1.525 Bilder gesehen');
  });

  it('shows times in the zone of the site', () => {
    const told = toldText(entry('2026-11-22T02:00:00Z to 2026-11-22T10:00:00.123456Z'), german, helsinki);
    expect(told.text).toContain('04:00:00');
    expect(told.text).toContain('12:00:00');
  });

  it('says why something was refused, and which field was wrong', () => {
    const refused = { outcome: 'refused', action: 'act.refused' };
    expect(toldText(entry('live look: camera-not-given', refused), english, helsinki).text).toBe('Watching live: This camera was not given to the person.');
    expect(toldText(entry('sign-in: bad-credentials', refused), german, helsinki).text).toBe('Anmelden: Name, Passwort oder Code stimmt nicht.');
    expect(toldText(entry('configure-cameras (name form.too-long): bad-input', refused), german, helsinki).text).toBe('Kameras ändern: Name: Zu lang.');
    expect(toldText(entry('confirm a role: proof-too-old', refused), german, helsinki).text).toBe('Rolle bestätigen: Nicht frisch ausgewiesen.');
    expect(toldText(entry('reset-sign-in (person person.not-in): bad-input', refused), english, helsinki).text).toBe('Resetting a sign-in: Who: They have nothing to sign in with. Give them a new link.');
    expect(toldText(entry('add-camera (name form.required, address address.scheme): bad-input', refused), english, helsinki).text).toBe('Adding a camera: Name: This is needed. RTSP address: The address must begin with rtsp:// or rtsps://. Other protocols are not spoken.');
  });

  it('names a role, a view and a filter by their words', () => {
    expect(toldText(entry('Dock at rtsp://192.0.2.7:554'), german, helsinki).text).toBe('Dock unter rtsp://192.0.2.7:554');
    expect(toldText(entry('Pekka: operator, 2 cameras'), german, helsinki).text).toBe('Pekka: Operator, 2 Kameras');
    const two = 'Pekka: operator, 2 cameras, to be confirmed by 2027-05-28T10:00:00Z; security-officer, all cameras, to be confirmed by 2027-02-27T10:00:00Z';
    expect(toldText(entry(two), german, helsinki).text).toMatch(/^Pekka: Operator, 2 Kameras, zu bestätigen bis .*28\. ?Mai.*; Sicherheitsbeauftragte.*, zu bestätigen bis /);
    const groups = 'Pekka: operator, groups Lobby group + one that is gone, to be confirmed by 2027-05-28T10:00:00Z';
    expect(toldText(entry(groups), english, helsinki).text).toMatch(/^Pekka: Operator, Lobby group \+ a group that is gone, to be confirmed by /);
    expect(toldText(entry('Pekka: no role'), german, helsinki).text).toBe('Pekka: keine Rolle');
    expect(toldText(entry('Dock, east, outdoor, To follow up goods, all of them., kept 48 h'), english, helsinki).text).toBe('Dock, east, Outdoors, To follow up goods, all of them. Kept for 48 h.');
    expect(toldText(entry('action=look.closed outcome=DONE text=a b=c'), english, helsinki).text).toBe('action Ended a look, outcome Done, text a b=c');
  });

  it('calls a role of one’s own by its name, where whoever reads may know it', () => {
    const nights: Role = { id: 'night-watch', name: 'Night watch', template: 'operator', builtIn: false, oldestHours: 8, sinceGiven: false, hours: [], purposes: [], needsCase: false };
    const given = entry('Pekka: night-watch, 2 cameras');
    expect(toldText(given, english, helsinki, [nights]).text).toBe('Pekka: Night watch, 2 cameras');
    expect(toldText(given, english, helsinki).text).toBe('Pekka: night-watch, 2 cameras');
    expect(toldText(entry('Night watch: operator, 8 h back, since given, for a case'), german, helsinki).text).toBe('Night watch: Operator, 8 Stunden zurück, seit sie vergeben ist, für einen Fall');
    expect(toldText(entry('Night watch: operator, as far back as kept (asked for by Olga)'), english, helsinki).text).toBe('Night watch: Operator, as far back as is kept (asked for by Olga)');
    expect(toldText(entry('Night watch: retired'), english, helsinki).text).toBe('Role Night watch: out of use');
  });

  it('tells of officers who were let in anew, of alarms and of decisions made again', () => {
    expect(toldText(entry('Otto: sign-in is reset, to enrol anew (asked for by Olga)'), english, helsinki)).toEqual({ text: 'Otto: sign-in is reset, to come in anew by a link (asked for by Olga)', asWritten: false });
    expect(toldText(entry('a link was made on the machine itself'), german, helsinki).text).toBe('ein Link wurde am Rechner selbst gemacht');
    expect(toldText(entry('emergency.taken of 2026-11-22T02:00:00Z: I called them'), english, helsinki).text).toMatch(/^Somebody has taken the emergency role, since .*04:00:00: I called them$/);
    expect(toldText(entry('decide again person=p1'), english, helsinki).text).toBe('Decided again, person p1');
    expect(toldText(entry('for 60 min, 2 groups: Smoke in the hall'), english, helsinki).text).toBe('for 60 minutes, 2 groups: Smoke in the hall');
  });

  it('tells what became of a group of cameras', () => {
    const changed = 'group Entrance, in Depot: 2 in (Dock, Lobby); 1 out (Yard: east); before called Door; before in Ground floor';
    expect(toldText(entry(changed), english, helsinki).text).toBe('Group Entrance, in Depot: 2 more (Dock, Lobby); 1 fewer (Yard: east); called Door before; lay in Ground floor before');
    expect(toldText(entry('group Entrance, in Depot: made'), german, helsinki).text).toBe('Gruppe Entrance, in Depot: angelegt');
    expect(toldText(entry('group Entrance, in Depot: removed'), german, helsinki).text).toBe('Gruppe Entrance, in Depot: entfernt');
    expect(toldText(entry('group Entrance, in Depot'), english, helsinki).text).toBe('Group Entrance, in Depot');
    expect(toldText(entry('group Entrance, in Depot: 1 in (Dock) (asked for by Olga)'), english, helsinki).text).toBe('Group Entrance, in Depot: 1 more (Dock) (asked for by Olga)');
  });

  it('tells of a yes that was asked for, given and used', () => {
    const request = 'request 0f8fad5b-d9cb-469f-a165-70867728950e: play back 2026-11-22T02:00:00Z to 2026-11-22T02:20:00Z';
    expect(toldText(entry(`${request}: A bicycle: was it taken?`, { action: 'approval.asked' }), english, helsinki).text).toMatch(/^Request 0f8fad5b: look back from 22\. ?Nov\.? 04:00:00 to .*04:20:00: A bicycle: was it taken\?$/);
    expect(toldText(entry(request, { action: 'approval.given' }), german, helsinki)).toMatchObject({ asWritten: false });
    expect(toldText(entry('2026-11-22T02:00:00Z to 2026-11-22T02:20:00Z, approved'), english, helsinki).text).toMatch(/04:00:00.*04:20:00, with another’s yes$/);
    expect(toldText(entry('approved look: approval-over', { outcome: 'refused', action: 'act.refused' }), english, helsinki).text).toBe('Looking back with another’s yes: It was over: answered, withdrawn or used, or its time was up.');
    expect(toldText(entry('play-back (to approval.too-long): bad-input', { outcome: 'refused', action: 'act.refused' }), english, helsinki).text).toBe('Looking back: To: Too long.');
  });

  it('tells of what was taken in an emergency', () => {
    expect(toldText(entry('for 60 min, 2 cameras: Smoke: nobody is here', { action: 'emergency.taken' }), german, helsinki).text).toBe('für 60 Minuten, 2 Kameras: Smoke: nobody is here');
    expect(toldText(entry('live, in an emergency'), english, helsinki)).toEqual({ text: 'live, in an emergency', asWritten: false });
    expect(toldText(entry('2026-11-22T02:00:00Z to 2026-11-22T02:20:00Z, in an emergency'), english, helsinki).text).toMatch(/04:00:00.*04:20:00, in an emergency$/);
    for (const how of ['by whoever took it', 'its time is over', 'the role was taken back or has lapsed']) {
      expect(toldText(entry(how, { action: 'emergency.ended' }), german, helsinki).asWritten).toBe(false);
    }
    expect(toldText(entry('taken 2026-11-22T02:00:00Z: It was right', { action: 'emergency.reviewed' }), english, helsinki).text).toMatch(/04:00:00: It was right$/);
    expect(toldText(entry('take-emergency: passkey-needed', { outcome: 'refused', action: 'act.refused' }), english, helsinki).text).toBe('Taking the emergency role: This is done with a passkey and with nothing else.');
    expect(toldText(entry('review-emergency (note emergency.runs): bad-input', { outcome: 'refused', action: 'act.refused' }), english, helsinki).text).toMatch(/^Reviewing an emergency: What is to be said of it: It has not ended\./);
  });

  it('tells of certificates and of exceptions from encryption', () => {
    expect(toldText(entry(`Lobby at rtsps://lobby.example:322, to be known by the certificate ${'ab'.repeat(32)}`), english, helsinki).text).toBe(`Lobby at rtsps://lobby.example:322, to be known by the certificate ${'AB:'.repeat(31)}AB`);
    expect(toldText(entry(`lobby.example is known by the certificate ${'ab'.repeat(32)}`), english, helsinki).text).toBe(`lobby.example is known by the certificate ${'AB:'.repeat(31)}AB.`);
    expect(toldText(entry('Dock may be called in the clear until 2027-01-01T21:59:59Z: no firmware yet'), german, helsinki).text).toBe('Dock darf bis 1. Jan. 23:59:59 unverschlüsselt gerufen werden: no firmware yet');
    expect(toldText(entry('Depot, Europe/Helsinki, FI, Example Oy, encrypted cameras only', { action: 'site.changed' }), german, helsinki).text).toBe('Depot, Europe/Helsinki, FI, Example Oy, nur verschlüsselte Kameras');
    expect(toldText(entry('Dock, outdoor, To follow goods., kept 48 h, by udp'), english, helsinki).text).toBe('Dock, Outdoors, To follow goods. Kept for 48 h. Way of its pictures: UDP.');
  });

  it('is shown as it was written, and marked so, where no form fits', () => {
    expect(toldText(entry('something that a newer version says'), german, helsinki)).toEqual({ text: 'something that a newer version says', asWritten: true });
    expect(toldText(entry('custodes on desk-2', { action: 'pairing.asked' }), german, helsinki).asWritten).toBe(false);
    expect(toldText(entry('<b>by a one-time link</b>'), german, helsinki).asWritten).toBe(true);
    expect(toldText(entry(''), german, helsinki)).toEqual({ text: '', asWritten: false });
  });
});

describe('what an entry is about', () => {
  const corridor = { id: 'c1', name: 'Corridor' } as Camera;

  it('is the camera by its name, and by its id when it is gone', () => {
    expect(objectText(entry(''), [corridor], [], english)).toBe('Corridor');
    expect(objectText(entry('', { object: 'camera/0123456789' }), [corridor], [], english)).toBe('camera 01234567');
  });

  it('is nobody but oneself when a person signs in', () => {
    expect(objectText(entry('', { object: 'person/p1' }), [], [], english)).toBe('');
    expect(objectText(entry('', { object: 'person/abcdefghijk' }), [], [], english)).toBe('person abcdefgh');
  });

  it('tells what was asked for and who agreed to it', () => {
    const id = '0b4c7c0e-1111-4222-8333-123456789abc';
    expect(toldText(entry(`request ${id}: Pekka: operator, 2 cameras`), german, helsinki).text).toBe('Bitte 0b4c7c0e: Pekka: Operator, 2 Kameras');
    expect(toldText(entry(`request ${id}: Pekka: operator, 2 cameras; nobody else could answer for 24 h`), german, helsinki).text).toBe('Bitte 0b4c7c0e: Pekka: Operator, 2 Kameras; 24 Stunden lang konnte niemand sonst antworten');
    const gift = `request ${id}: Pekka: operator, groups Lobby group, to be confirmed by 2027-05-28T10:00:00Z: On Mondays, too: he is retired`;
    expect(toldText(entry(gift, { action: 'approval.asked' }), german, helsinki).text).toMatch(/^Bitte 0b4c7c0e: Pekka: Operator, Lobby group, zu bestätigen bis .*28\. ?Mai.*: On Mondays, too: he is retired$/);
    expect(toldText(entry(`request ${id}: Pekka: operator, 2 cameras: no role`), german, helsinki).text).toBe('Bitte 0b4c7c0e: Pekka: Operator, 2 Kameras: no role');
    expect(toldText(entry(`request ${id}: remove a camera with its footage: broken`), german, helsinki).text).toBe('Bitte 0b4c7c0e: eine Kamera mit ihren Aufnahmen entfernen: broken');
    expect(toldText(entry('Pekka: operator, 2 cameras (asked for by Olga)'), german, helsinki).text).toBe('Pekka: Operator, 2 Kameras (erbeten von Olga)');
  });
});
