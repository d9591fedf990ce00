import {
  Api,
  Button,
  dayText,
  Facts,
  Notice,
  PageTitle,
  ProblemNotice,
  useFormState,
  useLanguage,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { MailAddress } from '../contact/index.js';
import { useSession } from '../session.js';
import { ContactChanges } from './contact-changes.js';
import { account } from './texts.js';

/** What others see of somebody after a match, with a way to say that it is right. */
export function OwnDetails() {
  const texts = useTexts(account);
  const { language } = useLanguage();
  const { me, again } = useSession();
  const { location } = me.organisation;
  const state = useFormState();
  const [said, setSaid] = useState<string>();
  const confirm = () =>
    void state.send(async () => {
      await Api.post(`professionals/${me.id}/_confirm-contact`);
      await again();
    }, 'confirmed');
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      {state.problem && <ProblemNotice problem={state.problem} onRetry={confirm} />}
      {said && <Notice tone="ok">{said}</Notice>}
      <ContactChanges onDone={setSaid} />
      {state.outcome && <Notice tone="ok">{texts.confirmed}</Notice>}
      {me.contact.waitsSince && (
        <Notice tone="warning" title={texts.first}>
          {texts.firstDetail}
        </Notice>
      )}
      {me.contact.emailRefusedAt && <Notice tone="warning">{texts.refused}</Notice>}
      <div className="screens-after">
        <Facts
          of={[
            [texts.name, me.name],
            [texts.function, me.function],
            [texts.organisation, me.organisation.name],
            [texts.location, location && `${location.name}, ${location.phone}`],
            [texts.phone, me.phone],
            [texts.email, <MailAddress key="email">{me.email}</MailAddress>],
            [texts.confirmedOn, dayText(me.contact.confirmedOn, language)],
            me.roles.includes('professional')
              ? [texts.designated, me.designated ? texts.isDesignated : texts.notDesignated]
              : undefined,
          ]}
        />
      </div>
      <p className="screens-muted">{texts.due(dayText(me.contact.confirmBefore, language))}</p>
      <Button appearance="primary-action-button" onClick={confirm} disabled={state.sending}>
        {texts.confirm}
      </Button>
    </>
  );
}
