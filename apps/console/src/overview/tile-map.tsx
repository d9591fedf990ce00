import { Link, useLanguage, useTexts } from '#libs/screens';
import type { Region } from '../api.types.js';
import { consoleTexts } from '../texts.js';
import { agoText } from '../times.js';
import { provinceOf, type Province } from './province.js';
import { conditionOf } from './state-badge.js';

/** The Netherlands as a grid of provinces, from north to south. */
const GRID: readonly (readonly (Province | null)[])[] = [
  [null, 'FR', 'GR'],
  ['NH', 'FL', 'DR'],
  ['ZH', 'UT', 'OV'],
  ['ZE', 'NB', 'GE'],
  ['NL', null, 'LI'],
];
const ORDER = GRID.flat();

/** Every region that takes part as a tile in its province, in the colour of its state, with its state in words. */
export function TileMap({ regions, now }: { regions: readonly Region[]; now: string }) {
  const texts = useTexts(consoleTexts).overview;
  return (
    <ol className="console-map" aria-label={texts.map}>
      {ORDER.map((province, at) => {
        const here = regions.filter(({ municipalities }) => provinceOf(municipalities) === province);
        return (
          <li
            key={province ?? `sea-${at}`}
            className={`console-map__province${here.length === 0 ? ' console-map__province--empty' : ''}`}
            aria-hidden={here.length === 0 || undefined}
          >
            {province && (
              <>
                <span className="console-map__name">{texts.provinces[province]}</span>
                {here.map((region) => (
                  <Tile key={region.id} region={region} now={now} />
                ))}
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Tile({ region, now }: { region: Region; now: string }) {
  const all = useTexts(consoleTexts);
  const { language } = useLanguage();
  const condition = conditionOf(region);
  return (
    <Link to={`/regios/${region.id}`} look="plain" className={`console-tile console-tile--${condition}`}>
      <span className="console-tile__name">{region.name}</span>
      <span className="console-tile__state">{all.conditions[condition]}</span>
      <span className="console-tile__seen">
        {region.lastSeenAt ? agoText(region.lastSeenAt, now, language) : all.never}
      </span>
    </Link>
  );
}
