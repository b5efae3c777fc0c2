// Times of the schedule in the reader's own zone. The form and the page have them in UTC.
import { language } from './page.mjs'

const local = (time) => new Date(time - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
const valid = (time) => !Number.isNaN(time.getTime())

export function startTimes(form) {
  const fields = [...form.querySelectorAll('[data-utc]')]
  for (const field of fields) {
    const time = new Date(field.value + 'Z')
    if (valid(time)) field.value = field.defaultValue = local(time)
  }
  form.addEventListener('formdata', ({ formData }) => {
    for (const { name, value } of fields) {
      const time = new Date(value)
      if (valid(time)) formData.set(name, time.toISOString().slice(0, 16))
    }
  })
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  for (const place of document.querySelectorAll('[data-zone]')) place.textContent = timeZone
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  for (const place of document.querySelectorAll('[data-said]')) place.textContent = place.textContent.replace(place.dataset.said, format.format(new Date(place.dataset.at)))
}
