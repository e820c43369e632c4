// The goods, people and reviews of the federation field's public benchmark, made again: as many, of the same sizes and
// relations, so that its deep query gives the same 88 kB.

const words =
  'fresh bread from the oven goes well with butter and honey while a bowl of warm soup asks for dill sour cream and time'.split(
    ' ',
  );

/** A text of so many characters. */
function textOf(length: number): string {
  let text = '';
  for (let index = 0; text.length < length; index += 1) text += `${words[(index * 7) % words.length]} `;
  return text.slice(0, length);
}

export interface ProductRow {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
}

const product = (upc: number, name: string, price: number, weight: number, inStock: boolean): ProductRow => ({
  upc: String(upc),
  name,
  price,
  weight,
  inStock,
});

export const products: readonly ProductRow[] = [
  product(1, 'Bread', 899, 100, true),
  product(2, 'Honey', 1_299, 1_000, false),
  product(3, 'Salad', 15, 20, false),
  product(4, 'Cream', 499, 100, false),
  product(5, 'Ham', 1_299, 1_000, true),
  product(6, 'Soup', 6_999, 300, true),
  product(7, 'Steak', 3_999, 2_000, true),
  product(8, 'Caviar', 100_000, 6_000, false),
  product(9, 'Rice', 9_999, 800, true),
];

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly birthday: number;
}

export const users: readonly UserRow[] = [1, 2, 3, 4, 5, 6].map((id) => ({
  id: String(id),
  name: `Reviewer No. ${id}`,
  username: `reviewer${id}`,
  birthday: 1_234_567_890,
}));

export interface ReviewRow {
  readonly id: string;
  readonly body: string;
  readonly upc: string;
}

/** Of each review: the product, and how long it is. */
const sizes: readonly (readonly [upc: number, length: number])[] = [
  [1, 445],
  [1, 294],
  [1, 276],
  [1, 146],
  [2, 445],
  [2, 294],
  [2, 276],
  [2, 146],
  [3, 146],
  [4, 146],
  [4, 863],
];

export const reviews: readonly ReviewRow[] = sizes.map(([upc, length], index) => ({
  id: String(index + 1),
  body: textOf(length),
  upc: String(upc),
}));

/** Whose review it is, of every review; and which ones every user has written. */
export const author = users[0] as UserRow;
export const reviewsOfUser: readonly ReviewRow[] = reviews.slice(0, 2);

export const shippingEstimate = (price: number | null, weight: number | null): number | null => {
  if (price !== null && price > 1_000) return 0;
  return weight === null ? null : Math.floor(weight / 2);
};
