// Pages that only a POST leads to, and those of who is not signed in: faults, small screens, words, HTML.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { outcomes, prepare, waysIn } from './pages.mjs'
import { signIn } from './studio.mjs'

export const testTime = 90_000

const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

export const tests = {
  'axe finds no fault in them, and none is wider than a small screen': async (t) => {
    for (const [native, colorScheme] of [['العربية', 'dark'], ['English', 'light']]) {
      const page = await signIn(t, { colorScheme, viewport: { width: 360, height: 740 } })
      await prepare(t, page)
      await page.goto(t.url + '/studio/account')
      await follow(page, page.getByRole('button', { name: native, exact: true }))
      for (const [name, go] of Object.entries(outcomes)) {
        await go(t, page)
        assert.ok((await page.locator('[role=alert], [role=status], form[method=post]').count()) > 0, name)
        await t.audit(page)
        assert.equal(await tooWide(page), 0, name)
      }
      const guest = await t.page({ locale: native === 'English' ? 'en' : 'ar', colorScheme, viewport: { width: 360, height: 740 } })
      for (const path of waysIn) {
        await guest.goto(t.url + path)
        await t.audit(guest)
        assert.equal(await tooWide(guest), 0, path)
      }
    }
  },
}
