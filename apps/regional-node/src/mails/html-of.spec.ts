import { htmlOf } from './html-of.js';

describe('the HTML part', () => {
  it('is the text, escaped, with the address of the portal as its only link', () => {
    const text =
      'Beste <b>Een</b>,\n\n- Zorg & Co\n  e-mail "zorg"@x.example\n\nBekijk: https://midden.example/matches/MN-1\nhttps://elders.example/matches';
    const html = htmlOf(text, 'match <1>', 'https://midden.example');
    expect(html).toContain('Beste &#60;b&#62;Een&#60;/b&#62;,');
    expect(html).toContain('- Zorg &#38; Co<br>&nbsp;&nbsp;e-mail &#34;zorg&#34;@x.example');
    expect(html).toContain(
      '<a href="https://midden.example/matches/MN-1">https://midden.example/matches/MN-1</a>',
    );
    expect(html).toContain('<title>match &#60;1&#62;</title>');
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).not.toMatch(/<img|<script|src=/);
  });
});
