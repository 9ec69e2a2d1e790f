import fc from "fast-check";
import { expect, it } from "vitest";
import {
  asSentence,
  countOf,
  formatCount,
  formatFigure,
  formatRange,
  formatRatio,
  formatShare,
  listWords,
} from "./format.ts";
import { html } from "./html.ts";

it("escapes text and leaves markup", () => {
  expect(html`<p class="${'"><b>'}">${html`<i>${"a & b"}</i>`}</p>`.text).toBe(
    '<p class="&quot;&gt;&lt;b&gt;"><i>a &amp; b</i></p>',
  );
});

it("lets no text open or close anything", () => {
  fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(html`${text}`.text)));
});

it("joins lists and cuts numbers to two decimals", () => {
  expect(html`${[1, 2.005_1, -0.001, html`<br />`]}`.text).toBe("12.010<br />");
});

it("writes figures with a true minus sign and no sign on nothing", () => {
  expect([0, -0.0001, -0.25, 0.012, 1.5, 123.4, null].map(formatFigure)).toEqual([
    "0",
    "0",
    "−0.25",
    "0.012",
    "1.50",
    "123",
    "–",
  ]);
  expect(formatRange(-0.1, 0.2)).toBe("−0.10 to 0.20");
  expect(formatRange(null, 1)).toBe("–");
  expect([0.354, 0.004, 0, null].map(formatShare)).toEqual(["35\u00a0%", "0.4\u00a0%", "0\u00a0%", "–"]);
  expect([4.71, 10.1, 0.123].map(formatRatio)).toEqual(["4.7", "10", "0.12"]);
  expect([12, 1234, 1_234_567].map(formatCount)).toEqual(["12", "1,234", "1,234,567"]);
});

it("writes words", () => {
  expect([countOf(1, "death"), countOf(2, "death")]).toEqual(["1 death", "2 deaths"]);
  expect([listWords([]), listWords(["a"]), listWords(["a", "b", "c"])]).toEqual(["", "a", "a, b and c"]);
  expect([asSentence("too few"), asSentence("Why?"), asSentence(" ")]).toEqual(["Too few.", "Why?", ""]);
});
