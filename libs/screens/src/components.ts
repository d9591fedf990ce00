/** The NL Design System components that screens use as they are. */
export { Button, ButtonGroup, Heading2, Heading3, Paragraph } from '@utrecht/component-library-react';
