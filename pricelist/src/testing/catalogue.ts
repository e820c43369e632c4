interface LineOptions {
  readonly id?: string;
  readonly action?: string;
  /** Elements between the action and the price. */
  readonly terms?: string;
  readonly price?: string;
  readonly item?: string;
}

export const price = (amount: string, base = 'XCS', more = ''): string =>
  `<cac:Price><cbc:PriceAmount currencyID="SEK">${amount}</cbc:PriceAmount><cbc:BaseQuantity unitCode="${base}">1</cbc:BaseQuantity>${more}</cac:Price>`;

/** A line of a catalogue as Swedish wholesalers send it. */
export const line = ({ id = 'S-1', action = 'Update', terms, price: priced, item = '' }: LineOptions = {}): string => `
  <cac:CatalogueLine>
    <cbc:ID>1</cbc:ID>
    <cbc:ActionCode>${action}</cbc:ActionCode>
    ${terms ?? '<cbc:OrderableIndicator>true</cbc:OrderableIndicator><cbc:OrderableUnit>XCS</cbc:OrderableUnit>'}
    <cac:RequiredItemLocationQuantity>${priced ?? price('120.50')}</cac:RequiredItemLocationQuantity>
    <cac:Item>
      <cbc:Name>Räksallad</cbc:Name>
      <cac:SellersItemIdentification><cbc:ID>${id}</cbc:ID></cac:SellersItemIdentification>
      ${item}
    </cac:Item>
  </cac:CatalogueLine>`;

/** A Peppol BIS Catalogue 3 around lines. */
export const catalogue = (lines: string, header = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<Catalogue xmlns="urn:oasis:names:specification:ubl:schema:xsd:Catalogue-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:catalogue:3</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:catalogue_wo_response:3</cbc:ProfileID>
  <cbc:ID>2026-11</cbc:ID>
  ${header}
  <cac:ProviderParty><cbc:EndpointID schemeID="0007">5560000000</cbc:EndpointID></cac:ProviderParty>${lines}
</Catalogue>`;
