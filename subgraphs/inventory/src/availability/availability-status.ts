/** Whether a good can be ordered online. */
export enum AvailabilityStatus {
  IN_STOCK = 'IN_STOCK',
  LOW_STOCK = 'LOW_STOCK',
  OUT_OF_STOCK = 'OUT_OF_STOCK',
}

export function statusOf(availableOnline: number, lowThreshold: number): AvailabilityStatus {
  if (availableOnline <= 0) return AvailabilityStatus.OUT_OF_STOCK;
  return availableOnline <= lowThreshold ? AvailabilityStatus.LOW_STOCK : AvailabilityStatus.IN_STOCK;
}
