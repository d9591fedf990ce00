import { Api, Button, Facts, Form, Notice, Paragraph, useFormState, useTexts } from '#libs/screens';
import { useState } from 'react';
import type { Checked, Membership } from '../api.types.js';
import { useLive } from '../live.js';
import { consoleTexts } from '../texts.js';
import { Command } from './command.js';
import { JsonFileField } from './json-file-field.js';
import { Followers } from './followers.js';
import { Step } from './steps.js';

/** The last two steps of every change: sign on the coordinator's own machine, and bring what was signed. */
export function Signing({ checked, from }: { checked: Checked; from: number }) {
  const texts = useTexts(consoleTexts).membership.signing;
  return (
    <>
      <Step number={from} title={texts.signTitle}>
        <Paragraph>{texts.why}</Paragraph>
        <Facts
          of={[
            [texts.region, `${checked.region.name} (${checked.region.id})`],
            [texts.becomes, texts.states[checked.region.state]],
            [texts.version, checked.version],
          ]}
        />
        <ol className="console-todo">
          <li>
            <a
              className="utrecht-link utrecht-link--html-a"
              href="/api/v1/register/signed"
              download="register.json"
            >
              {texts.download}
            </a>{' '}
            {texts.downloadWhere}
          </li>
          <li>
            {texts.run}
            <Command text={checked.command} />
          </li>
        </ol>
      </Step>
      <Step number={from + 1} title={texts.bringTitle}>
        <Bring version={checked.version} />
      </Step>
    </>
  );
}

function Bring({ version }: { version: number }) {
  const texts = useTexts(consoleTexts).membership.signing;
  const form = useFormState();
  const [signed, setSigned] = useState<unknown>();
  const [wrong, setWrong] = useState<string>();
  const [done, setDone] = useState(false);
  if (done) return <Done version={version} />;
  const send = () => {
    if (signed === undefined) return setWrong(texts.noFile);
    void form
      .send(async () => void (await Api.post<Membership>('register/_apply', signed)))
      .then((well) => well && setDone(true));
  };
  return (
    <Form state={form} onSend={send}>
      <JsonFileField
        label={texts.file}
        hint={texts.fileHint}
        error={wrong}
        onRead={(content) => {
          setSigned(content);
          setWrong(content === undefined ? texts.noJson : undefined);
        }}
      />
      <Button type="submit" appearance="primary-action-button">
        {texts.bring}
      </Button>
    </Form>
  );
}

/** The register is in force; what is left is that the hub follows. */
function Done({ version }: { version: number }) {
  const texts = useTexts(consoleTexts).membership.signing;
  const { data } = useLive((asking) => Api.get<Membership>('register', asking), 2_000);
  const finished = data?.relayFollows === true && data.hubFollows === true;
  return (
    <>
      <Notice tone="ok" title={texts.done(version)}>
        <Paragraph>{finished ? texts.finished : texts.almost}</Paragraph>
      </Notice>
      {data && <Followers membership={data} />}
    </>
  );
}
