import type { SafeHarborClass } from "@osteon/deidentification";
import type { Draw } from "./draw.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Writes one identifier. */
export type Form = (draw: Draw, vocabulary: Vocabulary) => string;
type Forms = Readonly<Record<SafeHarborClass, readonly Form[]>>;

const as =
  (pattern: string): Form =>
  (draw) =>
    draw.form(pattern);
const given: Form = (draw, { givenNames }) => draw.pick(givenNames);
const family: Form = (draw, { familyNames }) => draw.pick(familyNames);
const plain = (text: string) =>
  text
    .normalize("NFD")
    .replaceAll(/[^A-Za-z]/g, "")
    .toLowerCase();

interface Day {
  readonly d: string;
  readonly m: string;
  readonly y: string;
  readonly name: string;
}
const day =
  (write: (day: Day) => string): Form =>
  (draw, { months }) => {
    const month = draw.integer(1, 12);
    const two = (value: number) => String(value).padStart(2, "0");
    return write({
      d: two(draw.integer(1, 28)),
      m: two(month),
      y: String(draw.integer(1935, 2024)),
      name: months[month - 1]!,
    });
  };

/** With a check digit, as vehicles are numbered: 49 CFR 565.15. */
const vehicleNumber: Form = (draw) => {
  const letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
  const values = "12345678123457923456789";
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  const number = `${draw.letters(3, letters)}${draw.letters(8, `${letters}0123456789`)}${draw.digits(6)}`;
  const text = Array.from(number);
  const worth = (c: string) => (/\d/.test(c) ? Number(c) : Number(values[letters.indexOf(c)]));
  const check = text.reduce((sum, c, i) => sum + worth(c) * weights[i]!, 0) % 11;
  text[8] = check === 10 ? "X" : String(check);
  return text.join("");
};

/** With check digits: ISO 13616. */
const bankAccount =
  (country: string, pattern: string): Form =>
  (draw) => {
    const account = draw.form(pattern);
    let remainder = 0;
    for (const c of `${account}${country}00`) {
      const value = Number.parseInt(c, 36);
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return `${country}${String(98 - remainder).padStart(2, "0")}${account}`;
  };

const web =
  (start: string): Form =>
  (draw, { domains }) =>
    `${start}${draw.pick(domains)}/${draw.form("xxxx/x999")}`;

export const developmentForms: Forms = {
  name: [
    (d, v) => `${family(d, v)}, ${given(d, v)}`,
    (d, v) => `${given(d, v)} ${family(d, v)}`,
    (d, v) => `${family(d, v).toUpperCase()}, ${given(d, v).toUpperCase()} ${d.letters(1)}`,
    (d, v) => `${given(d, v)} ${d.letters(1)}. ${family(d, v)}`,
  ],
  "geographic subdivision": [
    (d, v) => d.pick(v.streets).replace("{}", String(d.integer(1, 999))),
    (d, v) => `${d.pick(v.streets).replace("{}", String(d.integer(1, 999)))}, ${d.pick(v.towns)}`,
    as("99999"),
    as("AA9 9AA"),
    (d, v) => `${d.form("99999")} ${d.pick(v.towns)}`,
  ],
  date: [
    day(({ y, m, d }) => `${y}-${m}-${d}`),
    day(({ y, m, d }) => `${Number(m)}/${Number(d)}/${y}`),
    day(({ y, m, d }) => `${d}.${m}.${y}`),
    day(({ y, name, d }) => `${d}-${name.slice(0, 3)}-${y}`),
    day(({ y, m, d }) => `${m}/${d}/${y.slice(2)}`),
    day(({ y, name, d }) => `${name} ${Number(d)}, ${y}`),
    day(({ y, m, d }) => `${y}-${m}-${d} 14:05:00`),
    day(({ y, m, d }) => `${y}${m}${d}`),
  ],
  "telephone number": [
    as("(617) 555-9999"),
    as("+44 20 7946 9999"),
    as("030 1999999"),
    as("617-555-9999"),
    as("06 19 99 99 99"),
    as("6175559999"),
  ],
  "fax number": [as("+1 617 555 9999"), as("(212) 555-9999"), as("+49 30 1999999")],
  "e-mail address": [
    (d, v) => `${plain(given(d, v))}.${plain(family(d, v))}@${d.pick(v.domains)}`,
    (d, v) => `${plain(family(d, v))}${d.digits(2)}@${d.pick(v.domains)}`.toUpperCase(),
  ],
  "social security number": [
    as("219-09-9999"),
    as("AB 99 99 99 C"),
    as("046 454 999"),
    as("219099999"),
    as("85070\\9-9999"),
    as("19999999-A"),
  ],
  "medical record number": [
    as("00999999"),
    as("MRN-999999"),
    as("1999999"),
    as("99-99-99"),
    as("943 999 9999"),
    as("H0999999"),
  ],
  "health plan number": [as("1AA9-AA9-AA99"), as("A199999999"), as("AAA199999999"), as("199-99-9999A")],
  "account number": [
    bankAccount("DE", "999999999999999999"),
    as("199999999999"),
    as("\\A\\C-199999"),
    bankAccount("GB", "AAAA99999999999999"),
  ],
  "certificate or licence number": [as("A1999999"), as("S999-9999-9999"), as("C01X99\\A99"), as("AB1999999")],
  "vehicle identifier": [vehicleNumber, as("1AAA999"), (d) => d.form("AA-AA 1999")],
  "device identifier": [
    as("S\\N-9999999"),
    as("(0\\1)00643169999999(\\17)199999"),
    as("xx:xx:xx:xx:xx:xx"),
    as("AAA999999A"),
  ],
  URL: [web("https://"), web("http://www."), web("www.")],
  "IP address": [
    (d) => [10, d.integer(0, 255), d.integer(0, 255), d.integer(1, 254)].join("."),
    as("2001:db8:xxxx:1::xxxx"),
  ],
  "biometric identifier": [as("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"), as("FMR:xxxxxxxxxxxxxxxxxxxxxxxx")],
  photograph: [as("IMG_9999.JPG"), as("face_99.png"), as("scan999.dcm")],
  "other unique identifier": [
    as("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"),
    as("S19-99999"),
    as("\\1.2.840.\\1\\13619.2.199.9999.9999"),
  ],
};

export const secondForms: Forms = {
  name: [
    (d, v) => `${given(d, v)} ${family(d, v)}`,
    (d, v) => `${family(d, v)},${given(d, v)}`,
    (d, v) => `${family(d, v).toUpperCase()} ${given(d, v)}`,
    (d, v) => `${d.pick(["Dr.", "Mr", "Ms."])} ${family(d, v)}`,
  ],
  "geographic subdivision": [
    (d, v) => d.pick(v.streets).replace("{}", String(d.integer(1, 999))),
    (d, v) => `${d.pick(v.streets).replace("{}", String(d.integer(1, 999)))}; ${d.form("99999")} ${d.pick(v.towns)}`,
    as("99999-9999"),
    as("A9A 9A9"),
    as("9999 AA"),
  ],
  date: [
    day(({ y, m, d }) => `${y}/${m}/${d}`),
    day(({ y, m, d }) => `${d}/${m}/${y}`),
    day(({ y, name, d }) => `${Number(d)} ${name} ${y}`),
    day(({ y, m, d }) => `${y}-${m}-${d}T08:30Z`),
    day(({ y, m, d }) => `${d}.${m}.${y.slice(2)}`),
    day(({ y, name, d }) => `${d}${name.toUpperCase()}${y}`),
    day(({ y, m, d }) => `${Number(m)}-${Number(d)}-${y}`),
  ],
  "telephone number": [
    as("\\1-800-555-9999"),
    as("+33 1 99 99 99 99"),
    as("0171/1999999"),
    as("212.555.9999"),
    as("+81-3-1999-9999"),
    as("2125559999"),
  ],
  "fax number": [as("+44 1632 960999"), as("312-555-9999"), as("+33 4 99 99 99 99")],
  "e-mail address": [
    (d, v) => `${plain(given(d, v))}_${plain(family(d, v))}@${d.pick(v.domains)}`,
    (d, v) => `${plain(given(d, v)).slice(0, 1)}${plain(family(d, v))}@${d.pick(v.domains)}`,
  ],
  "social security number": [
    as("321 45 9999"),
    as("AB999999D"),
    as("\\1 85 05 78 006 999 99"),
    as("321459999"),
    as("131052-999T"),
    as("199.999.999-99"),
  ],
  "medical record number": [
    as("0009999999"),
    as("MRN19999"),
    as("19999999"),
    as("999-999-999"),
    as("UR1999999"),
    as("1999999"),
  ],
  "health plan number": [as("A1A9A99AA99"), as("W199999999"), as("AAA999A99999"), as("1999999999")],
  "account number": [
    bankAccount("FR", "99999999999999999999999"),
    as("1999999999"),
    as("H\\AR 199999999"),
    bankAccount("NL", "AAAA9999999999"),
  ],
  "certificate or licence number": [as("AA999999A"), as("19999999"), as("A199-999-99-999-0"), as("DL A9999999")],
  "vehicle identifier": [vehicleNumber, as("AA99 AAA"), as("AA-999-AA")],
  "device identifier": [
    as("SN19999999"),
    as("(0\\1)09999999999999(2\\1)A99999"),
    as("xx-xx-xx-xx-xx-xx"),
    as("359999999999999"),
  ],
  URL: [web("https://www."), web("ftp://"), web("http://")],
  "IP address": [(d) => [192, 168, d.integer(0, 255), d.integer(1, 254)].join("."), as("fe80::xxxx:xxxx:xxxx:xxxx")],
  "biometric identifier": [as("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"), as("IRIS-xxxxxxxxxxxxxxxx")],
  photograph: [as("DSC09999.jpeg"), as("patient_999.tif"), as("portrait-9.heic")],
  "other unique identifier": [
    as("{xxxxxxxx-xxxx-4xxx-9xxx-xxxxxxxxxxxx}"),
    as("SP-\\19-0099999"),
    as("\\1.3.6.\\1.4.\\1.14519.9999.19999"),
  ],
};

/** Those of both, and some that neither has. */
export const standardsForms: Forms = {
  name: [...developmentForms.name, ...secondForms.name, (d, v) => `${given(d, v)} ${given(d, v)} ${family(d, v)}`],
  "geographic subdivision": [
    ...developmentForms["geographic subdivision"],
    ...secondForms["geographic subdivision"],
    (d, v) => `${d.pick(v.towns)}, ${d.form("9999-999")}`,
    as("41.99999, -8.99999"),
  ],
  date: [
    ...developmentForms.date,
    ...secondForms.date,
    day(({ y, m }) => `${m}/${y}`),
    day(({ y, m, d }) => `${y}${m}${d}0930`),
    day(({ y, name }) => `${name} ${y}`),
  ],
  "telephone number": [
    ...developmentForms["telephone number"],
    ...secondForms["telephone number"],
    as("+55 11 99999-9999"),
    as("020 7946 9999"),
    as("+48 999 999 999"),
  ],
  "fax number": [...developmentForms["fax number"], ...secondForms["fax number"]],
  "e-mail address": [...developmentForms["e-mail address"], ...secondForms["e-mail address"]],
  "social security number": [
    ...developmentForms["social security number"],
    ...secondForms["social security number"],
    as("85070999999"),
    as("010190 99999"),
    as("19.99.99-999.99"),
  ],
  "medical record number": [
    ...developmentForms["medical record number"],
    ...secondForms["medical record number"],
    as("E1999999"),
    as("99999999-9"),
    as("Z\\A999999"),
  ],
  "health plan number": [
    ...developmentForms["health plan number"],
    ...secondForms["health plan number"],
    as("XYZ999A99999-01"),
  ],
  "account number": [...developmentForms["account number"], ...secondForms["account number"], as("H-99999999")],
  "certificate or licence number": [
    ...developmentForms["certificate or licence number"],
    ...secondForms["certificate or licence number"],
    as("AAAAA999999A99AA"),
  ],
  "vehicle identifier": [
    ...developmentForms["vehicle identifier"],
    ...secondForms["vehicle identifier"],
    as("AAA 1A99"),
  ],
  "device identifier": [
    ...developmentForms["device identifier"],
    ...secondForms["device identifier"],
    as("REF 99-9999 LOT A99999"),
  ],
  URL: [...developmentForms.URL, ...secondForms.URL],
  "IP address": [...developmentForms["IP address"], ...secondForms["IP address"]],
  "biometric identifier": [...developmentForms["biometric identifier"], ...secondForms["biometric identifier"]],
  photograph: [...developmentForms.photograph, ...secondForms.photograph, as("WhatsApp Image 2019-1\\1-22.jpeg")],
  "other unique identifier": [
    ...developmentForms["other unique identifier"],
    ...secondForms["other unique identifier"],
    as("urn:uuid:xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx"),
  ],
};
