import { Api, DataTable, Link, Loaded, PageTitle, useLoaded, useTexts } from '#libs/screens';
import { useKindName } from '../contact/index.js';
import { operator } from './texts.js';

type Sector =
  'youth-care' | 'health-care' | 'social-support' | 'education' | 'work-income' | 'police-justice';

interface Organisation {
  id: string;
  name: string;
  sector: Sector;
  kind: string;
  municipalities: string[];
  mayUseBsn: boolean;
}

interface CovenantInForce {
  document: { organisations: Organisation[]; municipalities: { code: string; name: string }[] };
}

/** Who takes part by the covenant in force. Who joins or leaves does so by a next version of it. */
export function Organisations() {
  const texts = useTexts(operator).organisations;
  const kindName = useKindName();
  const covenant = useLoaded(() => Api.get<CovenantInForce>('covenant'));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Loaded state={covenant}>
        {({ document: { organisations, municipalities } }) => (
          <DataTable
            caption={texts.title}
            columns={[texts.name, texts.sector, texts.kind, texts.where, texts.bsn]}
            rows={[...organisations]
              .sort((a, b) => a.name.localeCompare(b.name, 'nl'))
              .map(({ id, name, sector, kind, municipalities: codes, mayUseBsn }) => ({
                key: id,
                cells: [
                  name,
                  texts.sectors[sector],
                  kindName(kind),
                  codes
                    .map((code) => municipalities.find((one) => one.code === code)?.name ?? code)
                    .join(', '),
                  mayUseBsn ? texts.yes : texts.no,
                ],
              }))}
          />
        )}
      </Loaded>
      <p>
        <Link to="/convenant">{texts.change}</Link>
      </p>
    </>
  );
}
