import { recipientRefused } from './recipient-refused.rule.js';

describe('a recipient', () => {
  it.each([
    [499, 'RCPT TO', false],
    [500, 'RCPT TO', true],
    [550, 'RCPT TO', true],
    [599, 'RCPT TO', true],
    [600, 'RCPT TO', false],
    [550, 'MAIL FROM', false],
    [554, 'DATA', false],
    [undefined, 'CONN', false],
    ['550', 'RCPT TO', false],
  ])('is refused for good, or not, by %s to %s', (responseCode, command, refused) => {
    expect(recipientRefused({ responseCode, command })).toBe(refused);
  });
});
