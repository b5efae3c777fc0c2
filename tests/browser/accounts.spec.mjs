// People come in by password, choose a new one, and administrators see to accounts: by keyboard.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
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

  'what is wrong with an invitation is said at once, where the focus is, and leads to each field': async (t) => {
    const page = await signIn(t)
    await page.goto(t.url + '/studio/settings/users')
    assert.equal(await page.locator('thead th').first().innerText(), 'User')
    await page.getByLabel('User name').fill('a b')
    await page.getByLabel('Mail address').fill('nowhere')
    await page.getByRole('button', { name: 'Invite' }).focus()
    await follow(page, page.getByRole('button', { name: 'Invite' }))
    const above = page.getByRole('alert')
    assert.match(await above.innerText(), /3 fields need a change/)
    assert.ok(await above.evaluate((alert) => alert === document.activeElement), 'the summary has the focus')
    assert.ok((await above.boundingBox()).y < 400)
    await t.audit(page)
    for (const [name, id] of [['User name', 'f-name'], ['Mail address', 'f-mail'], ['Role', 'g-role-0']]) {
      await above.getByRole('link', { name, exact: true }).focus()
      await page.keyboard.press('Enter')
      assert.equal(await page.evaluate(() => document.activeElement.id), id)
      const described = await page.locator('#' + id).getAttribute('aria-describedby')
      assert.equal(await page.locator('#' + described.split(' ').at(-1)).count(), 1)
    }
    assert.equal(await page.locator('#f-name').inputValue(), 'a b')
    assert.equal(await page.locator('#f-mail').inputValue(), 'nowhere')
  },
}
