export { MailQueue, type OutgoingMail } from './mail-queue.js';
export { MOVE_OVER, noticeMail, type Notice } from './notice.js';
export { MailSender } from './mail-sender.js';
export { MailServer } from './mail-server.js';
export { Mail, type MailState } from './mail.entity.js';
export { MailsModule } from './mails.module.js';
