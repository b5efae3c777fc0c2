// What somebody wrote to let a finding stand is theirs until the server has it.
import assert from 'node:assert/strict'
import { openEditor, row, saved } from './people.mjs'
import { signIn } from './studio.mjs'

const vote = 'Vedtaket var enstemmig'
const reason = 'The council wrote it so'

// A paragraph with a year that the source does not have, and the finding of it.
async function openWrong(t) {
  const page = await signIn(t)
  await openEditor(t, page, 'en')
  const open = row(page, vote)
  await open.locator('textarea').click()
  await open.locator('textarea').fill('The decision of 2031 was unanimous.')
  await saved(page)
  const finding = open.locator('.checks li', { hasText: '2031' })
  await finding.getByRole('button', { name: 'Dismiss…' }).click()
  await finding.locator('input').fill(reason)
  return { page, finding, open }
}

export const tests = {
  'a reason that did not arrive stays, with why and what to do': async (t) => {
    const { page, finding, open } = await openWrong(t)
    const send = finding.getByRole('button', { name: 'Dismiss', exact: true })
    const mistake = finding.getByRole('alert')
    await page.context().setOffline(true)
    await send.click()
    await mistake.filter({ hasText: 'There is no connection.' }).waitFor()
    await page.context().setOffline(false)
    const cookies = await page.context().cookies()
    await page.context().clearCookies()
    await send.click()
    await mistake.getByRole('link', { name: 'Sign in again' }).waitFor()
    assert.equal(await finding.locator('input').inputValue(), reason)
    assert.equal(await mistake.count(), 1)
    await page.context().addCookies(cookies)
    await send.click()
    await open.locator('.checks li', { hasText: reason }).waitFor()
    await t.audit(page)
  },
}
