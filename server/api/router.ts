import { listAssets } from './assets/list-assets';
import { removeAsset } from './assets/remove-asset';
import { listDatasets } from './datasets/list-datasets';
import { previewDataset } from './datasets/preview-dataset';
import { readDataset } from './datasets/read-dataset';
import { removeDataset } from './datasets/remove-dataset';
import { createDocument } from './documents/create-document';
import { duplicateDocument } from './documents/duplicate-document';
import { getDocument } from './documents/get-document';
import { listDocuments } from './documents/list-documents';
import { removeDocument } from './documents/remove-document';
import { renameDocument } from './documents/rename-document';
import { restoreDocument } from './documents/restore-document';
import { getEngineStatus } from './engine/get-engine-status';
import { listGallery } from './gallery/list-gallery';
import { getLibraryBlock } from './library/get-library-block';
import { listLibrary } from './library/list-library';
import { publishLibraryBlock } from './library/publish-library-block';
import { removeLibraryBlock } from './library/remove-library-block';
import { router } from './procedure';
import { branchRun } from './runs/branch-run';
import { cancelRun } from './runs/cancel-run';
import { commandRun } from './runs/command-run';
import { getRun } from './runs/get-run';
import { listRuns } from './runs/list-runs';
import { nameCheckpoint } from './runs/name-checkpoint';
import { pauseRun } from './runs/pause-run';
import { removeRun } from './runs/remove-run';
import { renameRun } from './runs/rename-run';
import { resumeRun } from './runs/resume-run';
import { runSettings } from './runs/run-settings';
import { startRun } from './runs/start-run';
import { watchRun } from './runs/watch-run';
import { getSession } from './session/get-session';
import { getVersion } from './versions/get-version';
import { listVersions } from './versions/list-versions';
import { removeVersion } from './versions/remove-version';
import { renameVersion } from './versions/rename-version';
import { saveVersion } from './versions/save-version';
import { createWorkspace } from './workspaces/create-workspace';
import { listWorkspaces } from './workspaces/list-workspaces';

/** Every procedure, by area and verb. */
export const appRouter = router({
  session: { get: getSession },
  workspaces: { list: listWorkspaces, create: createWorkspace },
  documents: {
    list: listDocuments,
    create: createDocument,
    get: getDocument,
    rename: renameDocument,
    remove: removeDocument,
    restore: restoreDocument,
    duplicate: duplicateDocument,
  },
  versions: {
    list: listVersions,
    get: getVersion,
    save: saveVersion,
    rename: renameVersion,
    remove: removeVersion,
  },
  library: {
    list: listLibrary,
    get: getLibraryBlock,
    publish: publishLibraryBlock,
    remove: removeLibraryBlock,
  },
  gallery: { list: listGallery },
  runs: {
    start: startRun,
    branch: branchRun,
    settings: runSettings,
    get: getRun,
    list: listRuns,
    pause: pauseRun,
    resume: resumeRun,
    cancel: cancelRun,
    command: commandRun,
    rename: renameRun,
    nameCheckpoint,
    remove: removeRun,
    watch: watchRun,
  },
  datasets: { list: listDatasets, preview: previewDataset, read: readDataset, remove: removeDataset },
  assets: { list: listAssets, remove: removeAsset },
  engine: { status: getEngineStatus },
});

export type AppRouter = typeof appRouter;
