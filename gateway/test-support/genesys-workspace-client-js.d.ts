/** The vendor's client has no types; these are those of what the tests use. */
declare module 'genesys-workspace-client-js' {
  import type { EventEmitter } from 'node:events';

  interface KeyValue {
    readonly key: string;
    readonly type: string;
    readonly value: unknown;
  }

  export interface WorkspaceCall {
    readonly id: string;
    readonly state: string;
    readonly callType: string;
    readonly parentConnId?: string;
    readonly capabilities: readonly string[];
    readonly participants: readonly { readonly number: string; readonly role: string }[];
    readonly recordingState: string;
    readonly userData: readonly KeyValue[];
  }

  interface VoiceApi {
    readonly calls: ReadonlyMap<string, WorkspaceCall>;
    readonly dn:
      | {
          readonly number: string;
          readonly agentState: string;
          readonly agentWorkMode: string;
          readonly reasons: readonly KeyValue[];
        }
      | undefined;
    ready(): Promise<unknown>;
    notReady(agentWorkMode?: string, reasonCode?: string): Promise<unknown>;
    makeCall(destination: string): Promise<unknown>;
    answerCall(id: string): Promise<unknown>;
    holdCall(id: string): Promise<unknown>;
    retrieveCall(id: string): Promise<unknown>;
    releaseCall(id: string): Promise<unknown>;
    initiateTransfer(id: string, destination: string): Promise<unknown>;
    completeTransfer(id: string, parentConnId: string): Promise<unknown>;
    initiateConference(id: string, destination: string): Promise<unknown>;
    completeConference(id: string, parentConnId: string): Promise<unknown>;
    deleteFromConference(id: string, dnToDrop: string): Promise<unknown>;
    alternateCalls(id: string, heldConnId: string): Promise<unknown>;
    singleStepTransfer(id: string, destination: string): Promise<unknown>;
    sendDTMF(id: string, digits: string): Promise<unknown>;
    startRecording(id: string): Promise<unknown>;
    pauseRecording(id: string): Promise<unknown>;
    attachUserData(id: string, userData: readonly KeyValue[]): Promise<unknown>;
    updateUserData(id: string, userData: readonly KeyValue[]): Promise<unknown>;
    deleteUserDataPair(id: string, key: string): Promise<unknown>;
  }

  export default class WorkspaceApi extends EventEmitter {
    constructor(apiKey: string, baseUrl: string, debugEnabled: boolean);
    readonly user: { readonly employeeId: string; readonly defaultPlace: string };
    readonly configuration: { readonly actionCodes: readonly unknown[] };
    readonly voice: VoiceApi;
    readonly targets: {
      search(text: string, limit?: number): Promise<readonly { name: string; number: string }[]>;
    };
    initialize(options: { token?: string }): Promise<void>;
    activateChannels(agentId: string, dn?: string, placeName?: string): Promise<unknown>;
    destroy(): Promise<void>;
  }
}
