import { ProgramLogger } from '#libs/observability';
import { MailCatcher } from './mail-catcher.js';

const port = (variable: string, otherwise: number): number => {
  const value = Number(process.env[variable] || otherwise);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  process.stderr.write(`${variable}: must be a port number\n`);
  process.exit(1);
};

const catcher = new MailCatcher();
const ports = await catcher.start({
  host: process.env.HOST || '127.0.0.1',
  smtpPort: port('SMTP_PORT', 1025),
  httpPort: port('HTTP_PORT', 8025),
  folder: process.env.MAIL_FOLDER || undefined,
});
new ProgramLogger('mail-catcher').event('ready', { port: ports.httpPort, smtpPort: ports.smtpPort });

for (const cause of ['SIGTERM', 'SIGINT'] as const) process.once(cause, () => void catcher.stop());
