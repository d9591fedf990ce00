import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { held, Professional } from './index.js';

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const MILAN = { bsn: '999910048', birthDate: '2015-09-21' };

let register: RegisterProcess;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url });
});
afterAll(async () => {
  await node.stop();
  await register.stop();
});

describe('a professional who is held', () => {
  it('can end a signal that goes to the archive, and file one only afterwards', async () => {
    const { id } = await node.dataSource.manager.findOneByOrFail(Professional, { subject: 'mn-leerkracht' });
    const teacher = await node.as('mn-leerkracht');
    const file = (youth: object) => teacher.post('/signals').send({ youth, informed: 'yes' });
    const { body: signal } = await file(SANNE).expect(201);
    const order: string[] = [];
    let filing: Promise<unknown> | undefined;
    await node.dataSource.transaction(async (manager) => {
      await held(manager, id);
      filing = file(MILAN)
        .expect(201)
        .then(() => order.push('filed'));
      await teacher.post(`/signals/${signal.id}/_end`).send({ reason: 'risk-gone' }).expect(204);
      order.push('ended');
      await new Promise((next) => setTimeout(next, 200));
      order.push('let go');
    });
    await filing;
    expect(order).toEqual(['ended', 'let go', 'filed']);
  });
});
