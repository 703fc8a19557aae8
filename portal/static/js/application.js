// Starts Stimulus and registers the portal's controllers; every page works without them.
import { Application } from "../stimulus/stimulus.js";
import CopyController from "./controllers/copy_controller.js";
import ErrorSummaryController from "./controllers/error_summary_controller.js";
import MapController from "./controllers/map_controller.js";
import MenuController from "./controllers/menu_controller.js";
import OpenedController from "./controllers/opened_controller.js";
import PasskeyController from "./controllers/passkey_controller.js";
import PrintController from "./controllers/print_controller.js";
import SidenotesController from "./controllers/sidenotes_controller.js";
import SuggestController from "./controllers/suggest_controller.js";
import TocController from "./controllers/toc_controller.js";
import UnfoldController from "./controllers/unfold_controller.js";

const application = Application.start();
application.register("copy", CopyController);
application.register("error-summary", ErrorSummaryController);
application.register("map", MapController);
application.register("menu", MenuController);
application.register("opened", OpenedController);
application.register("passkey", PasskeyController);
application.register("print", PrintController);
application.register("sidenotes", SidenotesController);
application.register("suggest", SuggestController);
application.register("toc", TocController);
application.register("unfold", UnfoldController);
