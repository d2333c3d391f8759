/** Whether there is a connection: the browser's word for it, and what calls of the API have met. */
import { useEffect, useState } from "preact/hooks";

/** @returns {boolean} */
export function useOnline() {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = () => setOnline(navigator.onLine);
    addEventListener("online", update);
    addEventListener("offline", update);
    return () => {
      removeEventListener("online", update);
      removeEventListener("offline", update);
    };
  }, []);
  return online;
}
