using MucGen.Rooms;
using MucGen.Server.Rooms;
using MucGen.Xml;

namespace MucGen.Simulation.Checking;

/// <summary>What the operator has ordered: it is done, and on disk, or the operator is told that a room failed on it. It is never just lost.</summary>
internal sealed class OperatorOrders
{
    private readonly List<Order> orders = [];

    private sealed record Order(string Text, Task Work, Func<Room?, bool> IsDone, HashSet<Jid> Open);

    /// <summary>An order is on its way.</summary>
    /// <param name="text">What it is.</param>
    /// <param name="rooms">The rooms that it is about.</param>
    /// <param name="committed">The rooms on disk.</param>
    /// <param name="isDone">How each of them must have been at some moment; null when there is none.</param>
    /// <param name="work">Completes when the server says so.</param>
    public void Add(string text, Jid[] rooms, Truth committed, Func<Room?, bool> isDone, Task work) =>
        orders.Add(new Order(text, work, isDone, [.. rooms.Where(room => !isDone(committed.Find(room)?.Room))]));

    /// <summary>A room on disk has changed.</summary>
    public void Observe(Jid room, Room? committed)
    {
        foreach (var order in orders)
            if (order.IsDone(committed))
                order.Open.Remove(room);
    }

    /// <summary>Nothing is under way any more: every order must have come to its end.</summary>
    public void Check(Findings findings)
    {
        foreach (var order in orders)
        {
            if (!order.Work.IsCompleted)
                findings.Report($"Nothing has come of {order.Text}.");
            else if (order.Work.IsCompletedSuccessfully && order.Open.Count > 0)
                findings.Report($"The operator was told that {order.Text} is done, and it is not in {string.Join(", ", order.Open)}.");
            else if (order.Work.Exception?.InnerException is { } error and not RoomFailedException)
                findings.Report($"The operator gets an error of {order.Text}: {error}");
        }
        orders.Clear();
    }

    /// <summary>The process that had them is gone.</summary>
    public void Clear() => orders.Clear();
}
