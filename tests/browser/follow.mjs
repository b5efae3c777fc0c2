// Clicks what leads to another page, and waits for the whole of it: a click alone comes back as soon as the next page
// begins, and what counts elements then (`count()`, `innerText()` of what was there before) counts half a page.
export async function follow(page, link) {
  await Promise.all([page.waitForEvent('load'), link.click()])
}
