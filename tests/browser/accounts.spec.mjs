// People come in by password, choose a new one, and administrators see to accounts: by keyboard.
import assert from 'node:assert/strict'
import { signIn } from './studio.mjs'

const password = 'fire gule elger'
async function useLink(t, page, link) {
  await page.goto(link.replace(/^https?:\/\/[^/]+/, t.url))
}

export const tests = {
  'somebody is invited, chooses a password and signs in with it': async (t) => {
    const admin = await signIn(t)
    await admin.goto(t.url + '/studio/settings/users')
    await admin.getByLabel('User name').fill('kari')
    await admin.getByLabel('Role', { exact: true }).selectOption('translator')
    await admin.getByRole('group', { name: 'Languages' }).getByLabel('Arabic', { exact: true }).check()
    await admin.getByRole('button', { name: 'Invite' }).click()
    const link = await admin.getByLabel('Link for kari').inputValue()

    const page = await t.page({ locale: 'en' })
    await useLink(t, page, link)
    await t.audit(page)
    await page.getByLabel('New password').fill(password)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/studio$/)
    await useLink(t, page, link)
    assert.match(await page.getByRole('alert').innerText(), /has been used/)
    await page.goto(t.url + '/studio/settings/users')
    assert.match(await page.locator('h1').innerText(), /may not/)

    const again = await t.page({ locale: 'en' })
    await again.goto(t.url + '/studio/worklist/ar')
    await t.audit(again)
    await again.keyboard.press('Tab')
    await again.getByLabel('User name or mail address').fill('kari')
    await again.getByLabel('Password', { exact: true }).fill('something else')
    await again.keyboard.press('Enter')
    assert.match(await again.getByRole('alert').innerText(), /do not fit together/)
    await t.audit(again)
    assert.equal(await again.getByLabel('User name or mail address').inputValue(), 'kari')
    await again.getByLabel('Password', { exact: true }).fill(password)
    await again.keyboard.press('Enter')
    await again.waitForURL(/\/studio\/worklist\/ar$/)
  },
}
