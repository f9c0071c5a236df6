import type { Browser } from 'playwright-core';
import { personAt } from './person.ts';

/** Told after each step: what it was, and what was wrong with what stands on the page then. */
type Told = (step: string, faults: string[]) => void;

const WORD_DOCUMENT = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const DOCUMENT = Buffer.from('PK, as a Word file begins');

/** The pages that show what left the bot, as its readers see it: mail, files, and a case's history (design 8). Needs the case DIS-27-001. */
export async function documentsSeen(browser: Browser, address: string, told: Told): Promise<void> {
  const errors: string[] = [];
  const graph = async (method: string, path: string, body: string | Buffer, type: string) => {
    const headers = { 'content-type': type };
    const answer = await fetch(`${address}/graph/v1.0/${path}`, { method, headers, body: body as string });
    if (!answer.ok) throw new Error(`the sandbox's Graph answered ${path} with ${answer.status}`);
  };
  const message = {
    subject: 'Letter DIS-27-001',
    body: { contentType: 'text', content: 'A letter about DIS-27-001 is attached.\n\nKeep it where only those who need it can read it.' },
    toRecipients: [{ emailAddress: { address: 'office@fernbrook.example' } }],
    attachments: [
      { '@odata.type': '#microsoft.graph.fileAttachment', name: 'DIS-27-001-letter.docx', contentBytes: DOCUMENT.toString('base64') },
    ],
  };
  await graph('POST', 'users/conferences@camden.example/sendMail', JSON.stringify({ message }), 'application/json');
  await graph('PUT', 'drives/b!camden-childrens-files/root:/CH-7/DIS-27-001-reasons.docx:/content', DOCUMENT, WORD_DOCUMENT);

  const chair = await personAt(browser, address, 'chair', errors);
  const { page } = chair;
  const downloads = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).equals(DOCUMENT) ? [] : [`${name} came as other bytes than were sent`];
  };

  await page.goto(`${address}/mail`);
  await page.getByLabel('Whose mailbox').selectOption('office@fernbrook.example');
  await chair.sees('A letter about DIS-27-001 is attached.');
  told('a letter can be read in an agency’s mailbox', await chair.looksAt('12-mail'));
  told('its attachment can be saved', await downloads('DIS-27-001-letter.docx'));

  await page.goto(`${address}/files`);
  await page.getByRole('group').filter({ hasText: 'CH-7' }).getByText('DIS-27-001-reasons.docx').waitFor();
  told('a document lies in the child’s folder', await chair.looksAt('13-files'));

  await page.goto(`${address}/cases`);
  await page.getByRole('link', { name: 'DIS-27-001', exact: true }).click();
  await page.getByText('Decision made: decide, upheld').click();
  await chair.sees('The hospital letter should have been heard.');
  told('a case’s history can be read', await chair.looksAt('14-case'));
  await chair.leaves();
  told('nothing went wrong on these pages', errors);
}
