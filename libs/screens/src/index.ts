import './theme.css';

export { Api, type Answer, type Asking } from './api.js';
export { useFormState, type FormState } from './form-state.js';
export {
  Choice,
  DateField,
  FileField,
  Form,
  SelectField,
  Switch,
  TextAreaField,
  TextField,
  UploadField,
} from './fields.js';
export {
  birthDateText,
  clockText,
  dayText,
  dayTyped,
  isoBirthDate,
  isoDay,
  momentText,
  today,
} from './dates.js';
export {
  LanguageProvider,
  useLanguage,
  useReasons,
  useTexts,
  type Language,
  type Texts,
} from './language.js';
export { useLoaded, Loaded, LoadedList, type LoadedState } from './loaded.js';
export {
  municipalities,
  municipalityName,
  takeMunicipalityNews,
  type MunicipalityNews,
} from './municipalities.js';
export { Facts, Page, PageTitle, Section, type Destination } from './page.js';
export { problemOf, ProblemError, type ProblemDocument } from './problem.js';
export { useKept, useLostStep } from './kept.js';
export { goBack, goToStep, Link, navigate, RouterProvider, useRoute, type Route } from './router.js';
export { LoggedOut, useSessionEnd } from './session-end.js';
export { Badge, Card, Empty, Loading, Notice, ProblemNotice } from './states.js';
export { startScreens } from './start.js';
export { Button, ButtonGroup, Heading2, Heading3, Paragraph } from './components.js';
export { DataTable } from './data-table.js';
export { Findings } from './findings.js';
