import { ConfigurationError } from '#libs/configuration';
import { ProgramLogger } from '#libs/observability';
import { runProgram } from '#libs/program';
import { MailCatcher } from './mail-catcher.js';

const port = (variable: string, otherwise: number): number => {
  const value = Number(process.env[variable] || otherwise);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new ConfigurationError(`${variable}: must be a port number`);
};

await runProgram('The mail catcher', async (program) => {
  const catcher = new MailCatcher();
  const logger = new ProgramLogger('mail-catcher');
  program.stopBy(logger, { finish: () => catcher.stop() });
  const ports = await catcher.start({
    host: process.env.HOST || '127.0.0.1',
    smtpPort: port('SMTP_PORT', 1025),
    httpPort: port('HTTP_PORT', 8025),
    folder: process.env.MAIL_FOLDER || undefined,
  });
  logger.event('ready', { port: ports.httpPort, smtpPort: ports.smtpPort });
});
