/** Resources as the TM Forum APIs give them, unread: whatever is not there or not of its type counts as not known. */
export type Resource = Readonly<Record<string, unknown>>;

/** What facts are made of. What is left out was not read, and leaves its facts unknown; an empty list says "there is none". */
export interface FactSources {
  /** TMF629 `Customer`. */
  readonly customer?: Resource;
  /** TMF632 `Individual`. */
  readonly individual?: Resource;
  /** TMF638 `Service`. */
  readonly services?: readonly Resource[];
  /** TMF654 `Bucket`. */
  readonly buckets?: readonly Resource[];
  /** TMF678 `CustomerBill`. */
  readonly bills?: readonly Resource[];
  /** TMF666 `BillingAccount`. */
  readonly accounts?: readonly Resource[];
  /** TMF621 `TroubleTicket`. */
  readonly tickets?: readonly Resource[];
  /** TMF683 `PartyInteraction`. */
  readonly interactions?: readonly Resource[];
  /** TMF642 `Alarm`, the open ones. */
  readonly alarms?: readonly Resource[];
  /** TMF656 `ServiceProblem`, the open ones. */
  readonly problems?: readonly Resource[];
  /** TMF622 `ProductOrder`. */
  readonly orders?: readonly Resource[];
  /** TMF646 `Appointment`. */
  readonly appointments?: readonly Resource[];
  /** TMF658 `LoyaltyProgramProduct` and `LoyaltyBalance`. */
  readonly loyalty?: { readonly products: readonly Resource[]; readonly balances: readonly Resource[] };
  /** TMF696 `PartyRoleRiskAssessment`, newest first. */
  readonly riskAssessments?: readonly Resource[];
  /** TMF644 `PartyPrivacyAgreement` and `PartyPrivacyProfile`. */
  readonly privacy?: { readonly agreements: readonly Resource[]; readonly profiles: readonly Resource[] };
  /** TMF680 `QueryProductRecommendation`. */
  readonly recommendations?: readonly Resource[];
}
