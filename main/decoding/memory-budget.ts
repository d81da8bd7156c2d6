/** Lets work begin only while enough of a budget is left; an item larger than the whole budget runs alone. */

export type MemoryBudget = {
  /** Runs `work` once `amount` fits; earlier requests go first. */
  spend<Result>(amount: number, work: () => Promise<Result>): Promise<Result>;
};

export function createMemoryBudget(total: number): MemoryBudget {
  let spent = 0;
  const waiting: { amount: number; begin: () => void }[] = [];
  const beginWaiting = (): void => {
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      if (spent > 0 && spent + first.amount > total) return;
      waiting.shift();
      spent += first.amount;
      first.begin();
    }
  };
  return {
    async spend(amount, work) {
      await new Promise<void>((begin) => {
        waiting.push({ amount, begin });
        beginWaiting();
      });
      try {
        return await work();
      } finally {
        spent -= amount;
        beginWaiting();
      }
    },
  };
}
