using System.Diagnostics.CodeAnalysis;

namespace MucGen.Rooms;

/// <summary>Objects to be used again, up to a fixed number; shared by threads, since one composes and another one releases. It never allocates after it was made.</summary>
internal sealed class FixedPool<T>(int capacity)
    where T : class
{
    private readonly Lock gate = new();
    private readonly T?[] items = new T?[capacity];
    private int count;

    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        lock (gate)
        {
            if (count == 0)
            {
                item = null;
                return false;
            }
            item = items[--count]!;
            items[count] = null;
            return true;
        }
    }

    /// <summary>Keeps the object, or leaves it to the collector when there are enough.</summary>
    public void Put(T item)
    {
        lock (gate)
        {
            if (count < items.Length)
                items[count++] = item;
        }
    }
}
