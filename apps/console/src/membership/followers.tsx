import { Paragraph, useTexts } from '#libs/screens';
import type { Membership } from '../api.types.js';
import { consoleTexts } from '../texts.js';
import { Command } from './command.js';

/** Whether relay and hub follow the register in force, and what to run where the hub is when it does not. */
export function Followers({ membership }: { membership: Membership }) {
  const texts = useTexts(consoleTexts).membership.followers;
  const { relayFollows, hubFollows } = membership;
  return (
    <div role="status" className="console-followers">
      <ul className="console-checks">
        <Check well={relayFollows} text={relayFollows ? texts.relay : texts.relayNot} />
        <Check
          well={hubFollows === true}
          text={hubFollows === null ? texts.hubAway : hubFollows ? texts.hub : texts.hubNot}
        />
      </ul>
      {hubFollows === false && (
        <>
          <Paragraph>{texts.hubHow}</Paragraph>
          <Command text="npm run region -- apply register.json" />
        </>
      )}
    </div>
  );
}

function Check({ well, text }: { well: boolean; text: string }) {
  return (
    <li className={well ? 'console-checks__well' : 'console-checks__not'}>
      <span aria-hidden="true">{well ? '✓' : '…'}</span> {text}
    </li>
  );
}
