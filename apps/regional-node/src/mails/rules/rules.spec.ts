import { enhancedStatus, mailFailure, type MailFailure } from './mail-failure.rule.js';

const replied = (command: string, response: string) =>
  mailFailure({ command, response, responseCode: Number(response.slice(0, 3)) });

describe('a failed attempt to send a mail', () => {
  it.each<[MailFailure, string, string]>([
    ['address-wrong', 'RCPT TO', '550 5.1.1 unknown user'],
    ['address-wrong', 'RCPT TO', '550-5.1.1 unknown user\r\n550 5.1.1 see the help pages'],
    ['address-wrong', 'RCPT TO', '550 5.1.2 no such domain'],
    ['address-wrong', 'RCPT TO', '501 5.1.3 bad address syntax'],
    ['address-wrong', 'RCPT TO', '550 5.1.4 ambiguous'],
    ['address-wrong', 'RCPT TO', '551 5.1.6 moved'],
    ['address-wrong', 'RCPT TO', '556 5.1.10 domain takes no mail'],
    ['address-wrong', 'RCPT TO', '550 5.2.1 mailbox disabled'],
    ['address-wrong', 'RCPT TO', '553 5.6.7 address is not in ASCII'],
    ['address-wrong', 'DATA', '550 5.1.1 unknown user'],
    ['address-unclear', 'RCPT TO', '550 no such user'],
    ['address-unclear', 'RCPT TO', '551 user not local'],
    ['address-unclear', 'RCPT TO', '553 mailbox name not allowed'],
    ['address-unclear', 'RCPT TO', '550 5.1.0 address rejected'],
    ['address-unclear', 'RCPT TO', '550 5.0.0 refused'],
    ['address-unclear', 'RCPT TO', '550'],
    ['refused-for-now', 'RCPT TO', '552 5.2.2 mailbox full'],
    ['refused-for-now', 'RCPT TO', '552 mailbox full'],
    ['refused-for-now', 'RCPT TO', '550 5.2.0 mailbox status'],
    ['refused-for-now', 'RCPT TO', '452 4.2.2 mailbox full'],
    ['refused-for-now', 'RCPT TO', '451 4.7.1 Greylisting'],
    ['refused-for-now', 'RCPT TO', '450 4.1.1 not verified yet'],
    ['refused-for-now', 'RCPT TO', '450 try again later'],
    ['refused-for-now', 'RCPT TO', '550 4.1.1 a status that passes'],
    ['refused-for-now', 'DATA', '451 4.7.1 Greylisting'],
    ['refused-for-now', 'DATA', '552 5.2.2 mailbox full'],
    ['server-fault', 'RCPT TO', '554 5.7.1 client host blocked'],
    ['server-fault', 'RCPT TO', '550 5.7.64 relay access denied'],
    ['server-fault', 'RCPT TO', '503 5.5.1 sender first'],
    ['server-fault', 'RCPT TO', '550 5.4.1 no route'],
    ['server-fault', 'RCPT TO', '550 5.1.8 bad sender'],
    ['server-fault', 'RCPT TO', '530 authentication required'],
    ['server-fault', 'RCPT TO', '554 refused'],
    ['server-fault', 'RCPT TO', '500 what'],
    ['server-fault', 'RCPT TO', '421 4.3.2 shutting down'],
    ['server-fault', 'DATA', '554 5.7.1 refused as spam'],
    ['server-fault', 'DATA', '550 no'],
    ['server-fault', 'DATA', '552 5.3.4 too large'],
    ['server-fault', 'MAIL FROM', '550 5.7.1 sender not allowed'],
    ['server-fault', 'MAIL FROM', '550 5.1.1 unknown sender'],
    ['server-fault', 'MAIL FROM', '550 no'],
    ['server-fault', 'MAIL FROM', '451 4.3.0 later'],
    ['server-fault', 'AUTH PLAIN', '535 5.7.8 authentication failed'],
    ['server-fault', 'CONN', '554 5.7.1 go away'],
    ['server-fault', 'STARTTLS', '502 not here'],
  ])('is %s: to %s it says %s', (failure, command, response) => {
    expect(replied(command, response)).toBe(failure);
  });

  it.each([{}, { command: 'CONN' }, { command: 'RCPT TO' }, { command: 'RCPT TO', responseCode: '550' }])(
    'is a fault of the server without a reply: %j',
    (attempt) => {
      expect(mailFailure(attempt)).toBe('server-fault');
    },
  );
});

describe('the enhanced status of a reply', () => {
  it.each([
    ['550 5.1.1 unknown user', '5.1.1'],
    ['550-5.1.1 unknown user', '5.1.1'],
    ['550 5.7.509', '5.7.509'],
    ['550 unknown user 5.1.1', undefined],
    ['550 5.1.1.2 is a version', undefined],
    ['550 192.0.2.1 is blocked', undefined],
    ['250', undefined],
    [undefined, undefined],
  ])('of %s is %s', (response, status) => {
    expect(enhancedStatus(response)).toBe(status);
  });
});
