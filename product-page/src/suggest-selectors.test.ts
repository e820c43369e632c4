import { describe, expect, it } from '@jest/globals';
import { readProductPage } from './read-product-page.ts';
import { suggestSelectors } from './suggest-selectors.ts';

const url = 'https://shop.example/honey';
const page = (body: string) => ({
  text: `<!doctype html><html lang="de"><head></head><body>${body}</body></html>`,
  url,
});

describe('suggested selectors', () => {
  it('find the price near the heading, not that of another product nor the old one', () => {
    const honey = page(`<header><span class="cart-item price">99,00 €</span></header>
      <div class="related"><b class="price">3,00 €</b></div>
      <h1>Honig</h1><p class="old-price">9,00 €</p><p class="product-price css-x1y2z3">7,50 €</p>
      <div class="recommendations"><b class="price">4,00 €</b></div>`);

    expect(suggestSelectors(honey, {})).toEqual([
      { field: 'price', selector: 'css:.product-price', text: '7,50 €', value: '7.50', error: null },
      { field: 'title', selector: 'css:h1', text: 'Honig', value: 'Honig', error: null },
    ]);
  });

  it('say more than a class where the class alone finds another price first', () => {
    const honey = page(`<div class="teaser"><b class="price">3,00 €</b></div>
      <h1>Honig</h1><div class="buybox"><b class="price">7,50 €</b></div>`);

    expect(suggestSelectors(honey, {})).toContainEqual(
      expect.objectContaining({ selector: 'css:.buybox .price', value: '7.50' }),
    );
  });

  it('are never what is read of a page', () => {
    expect(readProductPage(page('<h1>Honig</h1><p class="price">7,50 €</p>'), {}).price).toBeNull();
  });

  it('are none where there is no price', () => {
    expect(
      suggestSelectors(page('<h1>Honig</h1><p class="price">auf Anfrage</p>'), {}).map(({ field }) => field),
    ).toEqual(['title']);
  });
});
