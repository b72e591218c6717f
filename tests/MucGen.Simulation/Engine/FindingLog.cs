using Microsoft.Extensions.Logging;
using MucGen.Simulation.Checking;

namespace MucGen.Simulation.Engine;

/// <summary>Whatever the server logs as an error is a finding, but for the failures that the simulation itself causes.</summary>
internal sealed class FindingLog<T>(Findings findings) : ILogger<T>
{
    /// <summary>Whether the simulation broke something on purpose.</summary>
    public bool ExpectsFailure { get; set; }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Error && !ExpectsFailure && exception is not SimulatedDefectException)
            findings.Report($"The server reports: {formatter(state, exception)}{Environment.NewLine}{exception}");
    }
}
