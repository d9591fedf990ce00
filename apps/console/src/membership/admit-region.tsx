import {
  Api,
  Button,
  Facts,
  Form,
  municipalityName,
  PageTitle,
  Paragraph,
  TextField,
  useFormState,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import type { Checked } from '../api.types.js';
import { consoleTexts } from '../texts.js';
import { JsonFileField } from './json-file-field.js';
import { Signing } from './signing.js';
import { Step } from './steps.js';

const QUOTA = '5000';

/** Admits a region: its application is checked, compared with what it said itself, signed elsewhere, and brought. */
export function AdmitRegion() {
  const texts = useTexts(consoleTexts).membership;
  const form = useFormState();
  const [application, setApplication] = useState<unknown>();
  const [wrong, setWrong] = useState<string>();
  const [quota, setQuota] = useState(QUOTA);
  const [checked, setChecked] = useState<Checked>();
  const check = () => {
    setChecked(undefined);
    if (application === undefined) return setWrong(texts.admit.noFile);
    void form.send(async () => {
      const request = { change: 'admit', application, dailyQuota: Number(quota) };
      setChecked(await Api.post<Checked>('register/_check', request));
    });
  };
  return (
    <>
      <PageTitle title={texts.changes.admit} lead={texts.how} />
      <ol className="console-steps">
        <Step number={1} title={texts.admit.title}>
          <Paragraph>{texts.admit.what}</Paragraph>
          <Form state={form} onSend={check}>
            {form.problem?.invalidParams && <Findings of={form.problem.invalidParams} />}
            <JsonFileField
              label={texts.admit.file}
              hint={texts.admit.fileHint}
              error={wrong}
              onRead={(content) => {
                setChecked(undefined);
                setApplication(content);
                setWrong(content === undefined ? texts.signing.noJson : undefined);
              }}
            />
            <TextField
              label={texts.admit.quota}
              hint={texts.admit.quotaHint}
              size="short"
              inputMode="numeric"
              value={quota}
              error={form.errorOf('dailyQuota') && texts.admit.quotaWrong}
              onChange={(value) => {
                setChecked(undefined);
                setQuota(value);
              }}
            />
            <Button type="submit" appearance="primary-action-button">
              {texts.admit.check}
            </Button>
          </Form>
        </Step>
        {checked && (
          <>
            <Step number={2} title={texts.admit.compare}>
              <Paragraph>{texts.admit.compareHow}</Paragraph>
              <Facts
                of={[
                  [texts.region, `${checked.region.name} (${checked.region.id})`],
                  [
                    texts.municipalities,
                    checked.region.municipalities
                      .map((code) => `${municipalityName(code)} (${code})`)
                      .join(', ') || '–',
                  ],
                  [texts.admit.certificate, checked.region.certificateSubject],
                  [texts.admit.signingKey, <code key="signing">{checked.region.signingKey}</code>],
                  [texts.admit.cardKey, <code key="card">{checked.region.cardKey}</code>],
                ]}
              />
            </Step>
            <Signing checked={checked} from={3} />
          </>
        )}
      </ol>
    </>
  );
}

/** What is wrong with an application, by its fields. */
function Findings({ of }: { of: readonly { name: string; code: string }[] }) {
  const texts = useTexts(consoleTexts).membership;
  return (
    <ul className="console-consequences">
      {of.map(({ name, code }) => (
        <li key={`${name} ${code}`}>
          <code>{name}</code>: {texts.findings[code] ?? texts.findings.malformed}
        </li>
      ))}
    </ul>
  );
}
