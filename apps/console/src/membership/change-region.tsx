import { Api, Link, Loaded, Notice, PageTitle, Paragraph, useLoaded, useTexts } from '#libs/screens';
import type { Change, Checked } from '../api.types.js';
import { useFederation } from '../live.js';
import { consoleTexts } from '../texts.js';
import { Signing } from './signing.js';
import { Step } from './steps.js';

/** Suspends a region, lets it take part again or removes it: in steps, of which the second is done elsewhere. */
export function ChangeRegion({ change, id }: { change: Exclude<Change, 'admit'>; id: string }) {
  const { regions } = useFederation();
  const all = useTexts(consoleTexts);
  const texts = all.membership;
  const region = regions.find((each) => each.id === id);
  const state = useLoaded(() => Api.post<Checked>('register/_check', { change, region: id }));
  const impossible = state.problem?.code === 'invalid-input';
  return (
    <>
      <PageTitle title={`${texts.changes[change]}: ${region?.name ?? id}`} lead={texts.how} />
      {impossible ? (
        <Notice tone="warning" title={texts.impossible}>
          <Paragraph>{texts.findings[state.problem!.invalidParams?.[0]?.code ?? ''] ?? ''}</Paragraph>
          <Link to="/deelname">{texts.back}</Link>
        </Notice>
      ) : (
        <Loaded state={state}>
          {(checked) => (
            <ol className="console-steps">
              <Step number={1} title={texts.consider}>
                <ul className="console-consequences">
                  {texts.consequences[change].map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </Step>
              <Signing checked={checked} from={2} />
            </ol>
          )}
        </Loaded>
      )}
    </>
  );
}
